import type { Model, VectorModel } from 'expect-gradients';
import { curve, load, type Subject } from './subject.js';

/** Positions in space with their velocities, and distances on the Earth with what they change by. */

interface State extends Readonly<Record<'x' | 'y' | 'z' | 'vx' | 'vy' | 'vz', number>> {}
/** Time, in days since 2000. */
type Time = unknown;
interface Astronomy {
  MakeTime(days: number): Time;
  HelioState(body: string, time: Time): State;
  GeoMoonState(time: Time): State;
  JupiterMoons(time: Time): Readonly<Record<'io' | 'callisto', State>>;
  Observer: new (latitude: number, longitude: number, height: number) => object;
  ObserverState(time: Time, observer: object, ofDate: boolean): State;
}

/** The first of January 2026, about. The parameter is the time since then, in days. */
const EPOCH = 9497.3;

/** astronomy-engine 2.1.19, in astronomical units and days. */
function astronomy(state: (library: Astronomy, time: Time) => State): VectorModel {
  const library = load('astronomy-engine') as Astronomy;
  const at = (days: number): State => state(library, library.MakeTime(EPOCH + days));
  return curve(
    0,
    (days) => {
      const { x, y, z } = at(days);
      return [x, y, z];
    },
    (days) => {
      const { vx, vy, vz } = at(days);
      return [vx, vy, vz];
    },
  );
}

/**
 * Callisto moves on an ellipse whose elements are series in time; its velocity is that of the ellipse as it is
 * (astronomy.js, `JupiterMoon_elem2pv`), without the rates of the elements.
 */
const callisto = (): VectorModel => astronomy((library, time) => library.JupiterMoons(time).callisto);

/**
 * An observer's place and velocity are turned from the equator of date to that of 2000 by one rotation (astronomy.js,
 * `gyration_posvel`): the velocity lacks the rate of that rotation, which is precession, 20″ a year in declination and more by nutation.
 * It shows in z, the component that is small.
 */
const observer = (ofDate: boolean): VectorModel =>
  astronomy((library, time) => library.ObserverState(time, new library.Observer(40, -75, 100), ofDate));

/** The private state that its frames advance. */
const [RUNS, TIME, ADVANCE] = ['_isAnimating', '_springTime', '_advanceSpringToTime'] as const;

interface Spring {
  readonly currentValue: number;
  readonly currentVelocity: number;
  [RUNS]: boolean;
  [TIME]: number;
  [ADVANCE](now: number): void;
}

/** wobble 1.5.1: a damped spring in closed form, and its velocity, by milliseconds. */
function wobble(damping: number): VectorModel {
  const { Spring: SpringOf } = load('wobble') as { Spring: new (options: object) => Spring };
  const one = new SpringOf({
    fromValue: 0.2,
    toValue: 1,
    initialVelocity: 0.004,
    stiffness: 100,
    damping,
    allowsOverdamping: true,
  });
  one[RUNS] = true;
  const at = (time: number): Spring => {
    one[TIME] = time;
    one[ADVANCE](0);
    return one;
  };
  return curve(
    120,
    (time) => [at(time).currentValue],
    (time) => [at(time).currentVelocity],
  );
}

type Components = Readonly<Record<'x' | 'y' | 'z', number>>;
interface Satellites {
  twoline2satrec(one: string, two: string): object;
  sgp4(record: object, minutes: number): Readonly<Record<'position' | 'velocity', Components>>;
}

/**
 * satellite.js 7.1.0, kilometres by minutes since the elements' epoch. SGP4 gives a velocity beside the position, as Spacetrack Report 3
 * has it: the terms that drag and long periods add to the position are not differentiated in it, and of the short periods not all
 * (dist/propagation/sgp4.js, `mvt` and `rvdot`). To five digits it is the derivative.
 */
async function sgp4(): Promise<VectorModel> {
  const library = (await import('satellite.js')) as unknown as Satellites;
  const record = library.twoline2satrec(
    '1 25544U 98067A   19156.50900463  .00003075  00000-0  59442-4 0  9992',
    '2 25544  51.6433  59.2583 0008217  16.4489 347.6017 15.51174618173442',
  );
  const components = ({ x, y, z }: Components, factor: number): number[] => [
    x * factor,
    y * factor,
    z * factor,
  ];
  return curve(
    100.3,
    (minutes) => components(library.sgp4(record, minutes).position, 1),
    (minutes) => components(library.sgp4(record, minutes).velocity, 60),
  );
}

interface Geodesic {
  readonly a: number;
  readonly f: number;
  Inverse(lat1: number, lon1: number, lat2: number, lon2: number): Line;
  Direct(lat1: number, lon1: number, azi1: number, s12: number, wanted?: number): Line;
}
type Line = Readonly<Record<'s12' | 'azi1' | 'azi2' | 'lat2' | 'lon2' | 'm12', number>>;

const DEGREE = Math.PI / 180;

/** geographiclib-geodesic 2.2.0, and its ellipsoid's radii of curvature at a latitude: metres by a degree of latitude and of longitude. */
function geodesics(): { earth: Geodesic; radii: (latitude: number) => Radii; all: number } {
  const { Geodesic: library } = load('geographiclib-geodesic') as {
    Geodesic: { readonly WGS84: Geodesic; readonly ALL: number };
  };
  const earth = library.WGS84;
  const squared = earth.f * (2 - earth.f);
  const radii = (latitude: number): Radii => {
    const w = 1 - squared * Math.sin(latitude * DEGREE) ** 2;
    return {
      north: ((earth.a * (1 - squared)) / w ** 1.5) * DEGREE,
      east: (earth.a / Math.sqrt(w)) * Math.cos(latitude * DEGREE) * DEGREE,
    };
  };
  return { earth, radii, all: library.ALL };
}
type Radii = Readonly<Record<'north' | 'east', number>>;

/** Of a distance, azimuths are the gradient by the two ends. */
function distance(): Model<Ends> {
  const { earth, radii } = geodesics();
  const between = ({ from, to }: Ends): Line => earth.Inverse(from[0]!, from[1]!, to[0]!, to[1]!);
  const along = (azimuth: number, latitude: number): number[] => [
    Math.cos(azimuth * DEGREE) * radii(latitude).north,
    Math.sin(azimuth * DEGREE) * radii(latitude).east,
  ];
  return {
    parameters: { from: [40.6, -73.8], to: [51.6, -0.5] },
    loss: (ends) => between(ends).s12,
    gradients: (ends) => {
      const { azi1, azi2 } = between(ends);
      return { from: along(azi1, ends.from[0]!).map((slope) => -slope), to: along(azi2, ends.to[0]!) };
    },
  };
}
interface Ends {
  readonly from: number[];
  readonly to: number[];
}

/** The reduced length m₁₂ is how far the end of a geodesic moves aside with its first azimuth, in metres by a radian. */
function reducedLength(): VectorModel {
  const { earth, radii, all } = geodesics();
  const line = (azimuth: number): Line => earth.Direct(40.6, -73.8, azimuth, 5.5e6, all);
  return curve(
    53.5,
    (azimuth) => [line(azimuth).lat2, line(azimuth).lon2],
    (azimuth) => {
      const { azi2, lat2, m12 } = line(azimuth);
      const { north, east } = radii(lat2);
      return [
        (-Math.sin(azi2 * DEGREE) * m12 * DEGREE) / north,
        (Math.cos(azi2 * DEGREE) * m12 * DEGREE) / east,
      ];
    },
  );
}

export const subjects: readonly Subject[] = [
  {
    name: 'Mars around the Sun',
    library: 'astronomy-engine 2.1.19',
    model: () => astronomy((library, time) => library.HelioState('Mars', time)),
    wrong: [],
  },
  {
    name: 'the Moon around the Earth',
    library: 'astronomy-engine 2.1.19',
    model: () => astronomy((library, time) => library.GeoMoonState(time)),
    wrong: [],
  },
  {
    name: 'Callisto around Jupiter',
    library: 'astronomy-engine 2.1.19',
    model: callisto,
    wrong: ['t'],
    cause: 'approximate',
  },
  {
    name: 'an observer, by the equator of date',
    library: 'astronomy-engine 2.1.19',
    model: () => observer(true),
    wrong: [],
  },
  {
    name: 'an observer, by the equator of 2000',
    library: 'astronomy-engine 2.1.19',
    model: () => observer(false),
    wrong: ['t'],
    cause: 'isolated-entries',
  },
  {
    name: 'a satellite by SGP4',
    library: 'satellite.js 7.1.0',
    model: sgp4,
    wrong: ['t'],
    cause: 'approximate',
  },
  ...(
    [
      ['an underdamped', 3],
      ['a critically damped', 20],
      ['an overdamped', 50],
    ] as const
  ).map(([kind, damping]): Subject => ({
    name: `${kind} spring`,
    library: 'wobble 1.5.1',
    model: () => wobble(damping),
    wrong: [],
  })),
  {
    name: 'a distance by its ends',
    library: 'geographiclib-geodesic 2.2.0',
    model: distance,
    wrong: [],
  },
  {
    name: 'a reduced length',
    library: 'geographiclib-geodesic 2.2.0',
    model: reducedLength,
    wrong: [],
  },
];
