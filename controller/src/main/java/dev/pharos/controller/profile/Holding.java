// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.profile.Finding.State;
import dev.pharos.controller.profile.ProfileLedger.Change;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.message.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Brings one device to what profiles want of it: reads what they name, writes down what is there, and changes what
/// differs and nothing else. Cut off anywhere and begun again it does nothing twice, for it reads first.
public final class Holding {
    private final DeviceLine line;
    private final ProfileLedger ledger;
    private final DeviceLenses lenses;
    private final SecretMark marks;

    public Holding(DeviceLine line, ProfileLedger ledger, DeviceLenses lenses, SecretMark marks) {
        this.line = line;
        this.ledger = ledger;
        this.lenses = lenses;
        this.marks = marks;
    }

    /// One device and its profiles.
    ///
    /// @param left what is left alone, by path
    /// @param going asked before each request: whether the device is still ours
    public record Visit(
            ProfiledDevice device, Lookout lookout, MaskedMessages masked, Predicate<Finding> left, Keeping going) {}

    /// Keeps the device ours.
    @FunctionalInterface
    public interface Keeping {
        boolean keep();
    }

    /// What was done.
    ///
    /// @param tried paths and rows that were not as they should be
    /// @param changed paths that were written, and rows that were added
    public record Outcome(List<Finding> tried, List<String> changed, End end) {}

    /// @param note where what is there before is written down; called before anything is changed
    public Outcome bring(Visit visit, Consumer<List<Noted>> note) throws CallException {
        DeviceTalk talk = talk(visit);
        if (!visit.going().keep()) {
            return lost();
        }
        Looked looked = look(visit, talk);
        Findings findings = looked.findings();
        List<Finding> differing = findings.in(State.DIFFERS).stream()
                .filter(visit.left().negate())
                .toList();
        Set<String> leftRows = Set.copyOf(findings.in(State.MISSING).stream()
                .filter(visit.left())
                .map(Finding::path)
                .toList());
        List<Findings.Addition> rows = findings.rows().stream()
                .filter(row -> !leftRows.contains(row.path()))
                .toList();
        List<String> faults = hindrances(findings, looked.answered());
        List<Noted> noted = noted(differing, rows, findings);
        if (!noted.isEmpty()) {
            note.accept(noted);
        }
        List<Finding> tried = findings.all().stream()
                .filter(finding -> switch (finding.state()) {
                    case DIFFERS, MISSING, UNKNOWN -> !visit.left().test(finding);
                    case SAME, LACKING, CONTRADICTION, UNSAID -> false;
                })
                .toList();
        return change(visit, talk, new Work(differing, rows, faults, tried));
    }

    /// Reads once more what profiles want, and says what of it is otherwise; secrets nobody can read.
    public List<Finding> otherwise(Visit visit) throws CallException {
        return look(visit, talk(visit)).findings().all().stream()
                .filter(finding ->
                        !finding.secret() && (finding.state() == State.DIFFERS || finding.state() == State.MISSING))
                .toList();
    }

    private record Looked(DeviceTalk.Answered answered, Findings findings) {}

    private Looked look(Visit visit, DeviceTalk talk) throws CallException {
        ProfiledDevice device = visit.device();
        Findings.Lens lens = lenses.of(device);
        List<ParameterPattern> wanted = visit.lookout().reads().stream()
                .filter(read -> lens.supported().test(general(read)))
                .toList();
        DeviceTalk.Answered answered = talk.read(wanted, device.known());
        Known known = new Known(answered.values(), device.known().marks(), true);
        return new Looked(
                answered,
                Findings.of(
                        Resolution.of(visit.lookout().applying(device), device.facts(), known),
                        known,
                        lens,
                        visit.lookout().meant()));
    }

    private DeviceTalk talk(Visit visit) {
        return new DeviceTalk(line, visit.device().id(), visit.device().transport(), visit.masked());
    }

    /// A change, and which profile wants it.
    public record Noted(Change change, String profile) {}

    private record Work(
            List<Finding> differing, List<Findings.Addition> rows, List<String> faults, List<Finding> tried) {}

    private static Outcome lost() {
        return new Outcome(List.of(), List.of(), new End.Later(Limits.OTHERS, "somebody else works on the device"));
    }

    /// The path of any row, where the pattern names rows.
    private static String general(ParameterPattern read) {
        return read.object().replace(".*.", ".1.").replace(".*.", ".1.") + read.parameter();
    }

    /// What cannot be done, as sentences.
    private static List<String> hindrances(Findings findings, DeviceTalk.Answered answered) {
        List<String> faults = new ArrayList<>();
        for (Finding finding : findings.all()) {
            switch (finding.state()) {
                case UNKNOWN ->
                    faults.add(answered.faults().getOrDefault(finding.path(), "the device did not answer it") + " ("
                            + finding.path() + ")");
                case LACKING, CONTRADICTION, UNSAID -> faults.add(finding.why() + " (" + finding.path() + ")");
                case SAME, DIFFERS, MISSING -> {}
            }
        }
        return faults;
    }

    private static List<Noted> noted(List<Finding> differing, List<Findings.Addition> rows, Findings findings) {
        List<Noted> noted = new ArrayList<>();
        for (Finding finding : differing) {
            noted.add(new Noted(
                    new Change.Written(
                            finding.path(),
                            finding.known(),
                            finding.secret() ? "" : finding.wanted().orElse(""),
                            finding.secret()),
                    finding.profile()));
        }
        for (Findings.Addition row : rows) {
            String profile = findings.in(State.MISSING).stream()
                    .filter(finding -> finding.path().equals(row.path()))
                    .map(Finding::profile)
                    .findFirst()
                    .orElse("");
            noted.add(new Noted(new Change.Added(row.object(), row.key()), profile));
        }
        return noted;
    }

    private Outcome change(Visit visit, DeviceTalk talk, Work work) throws CallException {
        List<String> changed = new ArrayList<>();
        List<String> faults = new ArrayList<>(work.faults());
        Optional<Response> answer = Optional.empty();
        if (!work.differing().isEmpty()) {
            if (!visit.going().keep()) {
                return lost();
            }
            SortedMap<String, String> values = new TreeMap<>();
            work.differing()
                    .forEach(finding ->
                            values.put(finding.path(), finding.wanted().orElse("")));
            DeviceTalk.Changed set = talk.set(values);
            wrote(visit.device(), work.differing(), set.done());
            changed.addAll(set.done());
            faults.addAll(set.faults());
            answer = set.response();
        }
        for (Findings.Addition row : work.rows()) {
            if (!visit.going().keep()) {
                return lost();
            }
            DeviceTalk.Changed added;
            try {
                added = talk.add(row);
            } catch (CallException cut) {
                if (isHalf(visit.device(), cut)) {
                    // the row may be there without its keys, and the next look would not know it
                    faults.add("whether the row was added is not known: " + cut.reason() + " (" + row.path() + ")");
                    break;
                }
                throw cut;
            }
            wrote(visit.device(), row, added.done());
            changed.addAll(added.done());
            faults.addAll(added.faults());
            answer = answer.or(added::response);
        }
        return new Outcome(work.tried(), changed, end(changed, faults, answer));
    }

    private static boolean isHalf(ProfiledDevice device, CallException cut) {
        boolean sent = switch (cut) {
            case CallTimedOutException late -> late.sent();
            case DeviceUnreachableException away -> away.sent();
            default -> false;
        };
        return sent && device.transport().equals(AcsOffice.TRANSPORT);
    }

    private static End end(List<String> changed, List<String> faults, Optional<Response> answer) {
        String done = changed.isEmpty() ? "nothing had to be changed" : changed.size() + " changed";
        if (faults.isEmpty()) {
            return new End.Done(done, answer);
        }
        String first = String.join("; ", faults.subList(0, Math.min(Limits.FAULTS, faults.size())));
        int more = faults.size() - Limits.FAULTS;
        return new End.Failed(
                first
                        + (more > 0 ? "; and " + more + " more" : "")
                        + (changed.isEmpty() ? "" : "; the others hold, " + done),
                answer);
    }

    private void wrote(ProfiledDevice device, List<Finding> differing, Set<String> done) {
        Map<String, Bytes> written = new HashMap<>();
        for (Finding finding : differing) {
            if (finding.secret() && done.contains(finding.path())) {
                written.put(
                        finding.path(),
                        marks.of(device.id(), finding.path(), finding.wanted().orElse("")));
            }
        }
        if (!written.isEmpty()) {
            ledger.wrote(device.id(), written);
        }
    }

    /// The secrets that a new row begins with.
    private void wrote(ProfiledDevice device, Findings.Addition row, Set<String> done) {
        Map<String, Bytes> written = new HashMap<>();
        for (String path : done) {
            row.values().forEach((name, value) -> {
                if (lenses.of(device).secrets().isSecret(path + name)) {
                    written.put(path + name, marks.of(device.id(), path + name, value));
                }
            });
        }
        if (!written.isEmpty()) {
            ledger.wrote(device.id(), written);
        }
    }
}
