// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.Compared.Change;
import dev.pharos.controller.campaign.Measure.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// Says whether updated devices are worse than the others.
///
/// A single measure that is worse on enough devices is enough; where none is, a single one that too few devices
/// tell of
/// leaves the whole unknown.
final class GateJudge {
    private static final double PER_HOUR = Duration.ofHours(1).toMillis();

    private final HealthGate gate;

    GateJudge(HealthGate gate) {
        this.gate = gate;
    }

    Verdict judge(Function<Measure, Compared> measured) {
        List<String> worse = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> healthy = new ArrayList<>();
        for (Measure measure : gate.measures()) {
            switch (one(measure, measured.apply(measure))) {
                case Verdict.Worse(String why) -> worse.add(why);
                case Verdict.Unknown(String why) -> unknown.add(why);
                case Verdict.Healthy(String why) -> healthy.add(why);
            }
        }
        return !worse.isEmpty()
                ? new Verdict.Worse(String.join("; ", worse))
                : !unknown.isEmpty()
                        ? new Verdict.Unknown(String.join("; ", unknown))
                        : new Verdict.Healthy(String.join("; ", healthy));
    }

    /// What each measure says by itself.
    List<MeasureFigures> figures(Function<Measure, Compared> measured) {
        return gate.measures().stream()
                .map(measure -> figures(measure, measured.apply(measure)))
                .toList();
    }

    private MeasureFigures figures(Measure measure, Compared measured) {
        Verdict verdict = one(measure, measured);
        return switch (measured) {
            case Compared.Values(List<Change> updated, List<Change> others) ->
                new MeasureFigures(measure, side(updated), side(others), verdict);
            case Compared.Counts counts -> {
                double hours = Math.max(0, counts.over().toMillis() / PER_HOUR);
                yield new MeasureFigures(
                        measure,
                        side(counts.updated(), counts.updatedEvents(), hours),
                        side(counts.others(), counts.otherEvents(), hours),
                        verdict);
            }
        };
    }

    private static MeasureFigures.Side side(List<Change> changes) {
        return new MeasureFigures.Side(
                changes.size(), changes.stream().mapToDouble(Change::before).average(), mean(changes, Change::after));
    }

    private static MeasureFigures.Side side(long devices, long events, double hours) {
        double deviceHours = devices * hours;
        return new MeasureFigures.Side(devices, OptionalDouble.empty(), deviceHours == 0 ? 0 : events / deviceHours);
    }

    private Verdict one(Measure measure, Compared measured) {
        return switch (measured) {
            case Compared.Values(List<Change> updated, List<Change> others) -> {
                boolean enough = updated.size() >= gate.atLeast() && others.size() >= gate.atLeast();
                yield enough ? values(measure, updated, others) : tooFew(measure, updated.size(), others.size());
            }
            case Compared.Counts counts -> {
                boolean enough = counts.updated() >= gate.atLeast() && counts.others() >= gate.atLeast();
                yield !enough || counts.over().isZero() || counts.over().isNegative()
                        ? tooFew(measure, counts.updated(), counts.others())
                        : counts(measure, counts);
            }
        };
    }

    private Verdict tooFew(Measure measure, long updated, long others) {
        return new Verdict.Unknown(measure.subject() + " is known of " + updated + " updated and " + others
                + " other devices, and it takes " + gate.atLeast() + " of each");
    }

    private static Verdict values(Measure measure, List<Change> updated, List<Change> others) {
        double before = mean(updated, Change::before);
        double mine = mean(updated, change -> change.after() - change.before());
        double theirs = mean(others, change -> change.after() - change.before());
        double worse = measure.worse() == Direction.RISES ? mine - theirs : theirs - mine;
        if (measure.relative() && before == 0) {
            return new Verdict.Unknown(measure.subject() + " was 0 before on the updated devices, so that a change in"
                    + " percent cannot be said; a margin without % can");
        }
        double by = measure.relative() ? 100 * worse / Math.abs(before) : worse;
        String percent = measure.relative() ? " %" : "";
        String figures = measure.subject() + " " + changed(mine) + " on " + Words.devices(updated.size())
                + " that are updated (from " + Words.number(before) + " in the mean) and " + changed(theirs) + " on "
                + others(others.size());
        return verdict(measure, figures, by, percent);
    }

    private static Verdict counts(Measure measure, Compared.Counts counts) {
        double hours = counts.over().toMillis() / PER_HOUR;
        double mine = counts.updatedEvents() / (counts.updated() * hours);
        double theirs = counts.otherEvents() / (counts.others() * hours);
        String figures = measure.subject() + " came " + Words.number(mine) + " times for each device and hour on "
                + Words.devices(counts.updated()) + " that are updated (" + counts.updatedEvents() + " in "
                + Words.duration(Duration.ofSeconds(counts.over().toSeconds())) + ") and " + Words.number(theirs)
                + " times on " + others(counts.others());
        return verdict(measure, figures, mine - theirs, "");
    }

    private static Verdict verdict(Measure measure, String figures, double by, String unit) {
        String allowed = Words.number(measure.margin().doubleValue()) + unit;
        return by > measure.margin().doubleValue()
                ? new Verdict.Worse(
                        figures + ": worse by " + Words.number(by) + unit + ", and " + allowed + " is allowed")
                : new Verdict.Healthy(figures + (by > 0 ? ": worse by " + Words.number(by) + unit : ": not worse")
                        + ", and " + allowed + " is allowed");
    }

    private static String changed(double by) {
        return by == 0 ? "stayed" : (by < 0 ? "fell by " : "rose by ") + Words.number(Math.abs(by));
    }

    private static String others(long devices) {
        return devices == 1 ? "the one other" : devices + " others";
    }

    private static double mean(List<Change> changes, ToDoubleFunction<Change> of) {
        return changes.stream().mapToDouble(of).average().orElse(0);
    }
}
