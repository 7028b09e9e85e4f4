/** What was found of a model's gradients → its report, with what could not have shown, and what makes agreement weak. */

import { blindSpotsOf } from '../../diagnoses/blind-spots/blind-spots.js';
import type { Subject } from '../../model/subject/subject.js';
import type { GradientReport } from '../../report.js';
import type { Settings } from '../settings.js';
import { conclude, type Findings } from './build-report.js';
import { weighed } from './weaknesses.js';

export function gradientReport(
  subject: Subject,
  settings: Settings,
  findings: Findings,
  evaluations: GradientReport['evaluations'] = { ...subject.evaluations },
): GradientReport {
  const { points = { checked: 0, skipped: 0 }, seen = [] } = findings;
  const report = conclude(subject, settings, findings);
  const blindSpots = report.verdict === 'correct' ? blindSpotsOf(seen) : [];
  return weighed({ ...report, kind: 'gradients', points, blindSpots, evaluations }, settings, seen);
}
