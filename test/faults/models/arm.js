/** The end of an arm with four joints, in the plane, and which way it points: a Jacobian as inverse kinematics needs it, and forward mode. */
export default function arm({ normals }) {
  const joints = 4;
  const parameters = {
    angles: Float64Array.from(normals(joints)),
    lengths: Float64Array.from(normals(joints), (v) => 1 + v / 4),
  };
  const headings = (angles) => {
    let heading = 0;
    return Array.from(angles, (angle) => (heading += angle));
  };

  return {
    parameters,
    outputs({ angles, lengths }) {
      const all = headings(angles);
      let [x, y] = [0, 0];
      all.forEach((heading, j) => {
        x += lengths[j] * Math.cos(heading);
        y += lengths[j] * Math.sin(heading);
      });
      return { end: [x, y], heading: all.at(-1) };
    },
    jacobian({ angles, lengths }) {
      const all = headings(angles);
      const byAngles = [[], [], []];
      const byLengths = [[], [], []];
      for (let i = 0; i < joints; i += 1) {
        let [dx, dy] = [0, 0];
        for (let j = i; j < joints; j += 1) {
          dx -= lengths[j] * Math.sin(all[j]);
          dy += lengths[j] * Math.cos(all[j]);
        }
        byAngles[0].push(dx);
        byAngles[1].push(dy);
        byAngles[2].push(1);
        byLengths[0].push(Math.cos(all[i]));
        byLengths[1].push(Math.sin(all[i]));
        byLengths[2].push(0);
      }
      return { angles: byAngles, lengths: byLengths };
    },
    jvp({ angles, lengths }, tangent) {
      const all = headings(angles);
      const turns = headings(tangent.angles);
      let [dx, dy] = [0, 0];
      for (let j = 0; j < joints; j += 1) {
        dx += tangent.lengths[j] * Math.cos(all[j]) - lengths[j] * Math.sin(all[j]) * turns[j];
        dy += tangent.lengths[j] * Math.sin(all[j]) + lengths[j] * Math.cos(all[j]) * turns[j];
      }
      return { end: [dx, dy], heading: turns.at(-1) };
    },
  };
}
