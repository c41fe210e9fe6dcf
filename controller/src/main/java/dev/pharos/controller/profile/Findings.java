// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What is to be changed on a device, and what stands in the way.
///
/// @param all everything that profiles want, ordered by path
/// @param rows that are to be added, without those of which a value cannot be said
public record Findings(List<Finding> all, List<Addition> rows) {
    public Findings {
        all = Frozen.list(all);
        rows = Frozen.list(rows);
    }

    /// A row to add, with all that it begins with.
    ///
    /// @param values by name, the keys among them
    public record Addition(String object, SortedMap<String, String> key, SortedMap<String, String> values) {
        public String path() {
            return Resolution.path(object, key);
        }
    }

    /// By what it is told which values are secrets, whether one was written already, and what the device has at all.
    ///
    /// @param supported whether its data model has the parameter or row of this path; true where nobody knows
    public record Lens(EndpointId device, SecretParameters secrets, SecretMark marks, Predicate<String> supported) {}

    /// @param profiles only what one of these wants, whoever wins; empty for all
    public static Findings of(Resolution resolution, Known known, Lens lens, Set<String> profiles) {
        return new Comparison(known, lens, profiles).of(resolution);
    }

    public List<Finding> in(State state) {
        return all.stream().filter(finding -> finding.state() == state).toList();
    }

    public boolean any(State state) {
        return all.stream().anyMatch(finding -> finding.state() == state);
    }

    /// Whether anything is known to be different.
    public boolean changes() {
        return any(State.DIFFERS) || any(State.MISSING);
    }

    private record Comparison(Known known, Lens lens, Set<String> profiles) {
        Findings of(Resolution resolution) {
            List<Finding> all = new ArrayList<>();
            List<Addition> rows = new ArrayList<>();
            for (Slot slot : resolution.slots()) {
                if (isWanted(slot.claims().stream().map(Claim::profile).toList())) {
                    all.add(compared(slot));
                }
            }
            for (Resolution.NewRow row : resolution.rows()) {
                if (isWanted(row.profiles())) {
                    missing(row, all, rows);
                }
            }
            for (Resolution.Unclear unclear : resolution.unclear()) {
                if (isWanted(List.of(unclear.profile()))) {
                    all.add(unclear(unclear));
                }
            }
            all.sort(Comparator.comparing(Finding::path).thenComparing(Finding::profile));
            return new Findings(all, rows);
        }

        private boolean isWanted(List<String> by) {
            return profiles.isEmpty() || by.stream().anyMatch(profiles::contains);
        }

        private static Finding unclear(Resolution.Unclear unclear) {
            return new Finding(
                    unclear.path(),
                    unclear.path(),
                    unclear.mustBeRead() ? State.UNKNOWN : State.UNSAID,
                    Optional.empty(),
                    Optional.empty(),
                    unclear.profile(),
                    "",
                    unclear.why(),
                    false);
        }

        private Finding compared(Slot slot) {
            return switch (slot.verdict()) {
                case Slot.Verdict.Wanted wanted -> wanted(slot, wanted);
                case Slot.Verdict.Contradiction(List<Claim> claims, String why) ->
                    undecided(slot, State.CONTRADICTION, claims.getFirst(), why);
                case Slot.Verdict.Unsaid(Claim by, String why) -> undecided(slot, State.UNSAID, by, why);
            };
        }

        private Finding wanted(Slot slot, Slot.Verdict.Wanted wanted) {
            boolean secret = lens.secrets().isSecret(slot.path());
            Optional<String> value = secret ? Optional.empty() : known.value(slot.path());
            State state = secret
                    ? ofSecret(slot.path(), wanted.value())
                    : value.map(present -> Sameness.same(present, wanted.value()) ? State.SAME : State.DIFFERS)
                            .orElse(State.UNKNOWN);
            boolean lacking =
                    state != State.SAME && value.isEmpty() && !lens.supported().test(slot.path());
            return new Finding(
                    wanted.by().place(),
                    slot.path(),
                    lacking ? State.LACKING : state,
                    value,
                    Optional.of(wanted.value()),
                    wanted.by().profile(),
                    wanted.by().written(),
                    lacking ? "the device's data model has no such parameter" : wanted.why(),
                    secret);
        }

        private State ofSecret(String path, String wanted) {
            Bytes mark = lens.marks().of(lens.device(), path, wanted);
            return mark.equals(known.marks().get(path)) ? State.SAME : State.DIFFERS;
        }

        private Finding undecided(Slot slot, State state, Claim claim, String why) {
            boolean secret = lens.secrets().isSecret(slot.path());
            return new Finding(
                    claim.place(),
                    slot.path(),
                    state,
                    secret ? Optional.empty() : known.value(slot.path()),
                    Optional.empty(),
                    claim.profile(),
                    claim.written(),
                    why,
                    secret);
        }

        /// A row of which something cannot be said is not added at all.
        private void missing(Resolution.NewRow row, List<Finding> all, List<Addition> rows) {
            SortedMap<String, String> values = new TreeMap<>(row.key());
            List<Finding> hindering = new ArrayList<>();
            for (Slot slot : row.slots()) {
                String name = slot.path().substring(slot.path().lastIndexOf('.') + 1);
                switch (slot.verdict()) {
                    case Slot.Verdict.Wanted wanted -> values.putIfAbsent(name, wanted.value());
                    case Slot.Verdict.Contradiction(List<Claim> claims, String why) ->
                        hindering.add(undecided(slot, State.CONTRADICTION, claims.getFirst(), why));
                    case Slot.Verdict.Unsaid(Claim by, String why) ->
                        hindering.add(undecided(slot, State.UNSAID, by, why));
                }
            }
            all.addAll(hindering);
            if (hindering.isEmpty()) {
                boolean lacking = !lens.supported().test(row.object() + "1.");
                if (!lacking) {
                    rows.add(new Addition(row.object(), row.key(), values));
                }
                all.add(missing(row, lacking, values));
            }
        }

        private Finding missing(Resolution.NewRow row, boolean lacking, SortedMap<String, String> values) {
            return new Finding(
                    row.place(),
                    row.path(),
                    lacking ? State.LACKING : State.MISSING,
                    Optional.empty(),
                    Optional.of(shown(values)),
                    row.profiles().getFirst(),
                    "",
                    lacking
                            ? "the device's data model has no such table"
                            : "wanted by " + String.join(", ", row.profiles()),
                    false);
        }

        private String shown(SortedMap<String, String> values) {
            StringBuilder text = new StringBuilder();
            values.forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
                    .append(name)
                    .append('=')
                    .append(lens.secrets().isSecret(name) ? Secrets.MASK : value));
            return text.toString();
        }
    }
}
