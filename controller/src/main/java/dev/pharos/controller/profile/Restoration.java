// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.job.DeviceChore.End;
import dev.pharos.controller.job.DeviceLine;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.profile.ProfileLedger.Change;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Brings back what was on a device before a job changed it, where it is still as the job left it: what somebody has
/// changed since stays.
public final class Restoration {
    private final DeviceLine line;
    private final ProfiledDeviceTransport transports;
    private final ProfileLedger ledger;

    /// By what a device is reached.
    @FunctionalInterface
    public interface ProfiledDeviceTransport {
        Optional<String> of(EndpointId device);
    }

    public Restoration(DeviceLine line, ProfiledDeviceTransport transports, ProfileLedger ledger) {
        this.line = line;
        this.transports = transports;
        this.ledger = ledger;
    }

    End restore(long job, EndpointId device, MaskedMessages masked) throws CallException {
        List<Change> changes = ledger.changes(job, device);
        DeviceTalk talk = new DeviceTalk(line, device, transports.of(device).orElse(""), masked);
        DeviceTalk.Answered answered = talk.read(reads(changes), Known.NOTHING);
        Known known = new Known(answered.values(), Map.of(), true);
        SortedMap<String, String> values = new TreeMap<>();
        List<String> rows = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Written(String path, Optional<String> _, String _, boolean secret)
                when secret -> {
                    ledger.forget(device, List.of(path));
                    left.add("what secret was before is known to nobody (" + path + ")");
                }
                case Change.Written(String path, Optional<String> before, String after, boolean _) ->
                    written(path, before, after, known, values, left);
                case Change.Added(String object, SortedMap<String, String> key) ->
                    known.row(object, key).ifPresent(rows::add);
            }
        }
        return change(talk, values, rows, left);
    }

    private static List<ParameterPattern> reads(List<Change> changes) {
        Set<ParameterPattern> reads = new LinkedHashSet<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Written(String path, Optional<String> _, String _, boolean secret) -> {
                    if (!secret) {
                        reads.add(new ParameterPattern(
                                path.substring(0, path.lastIndexOf('.') + 1),
                                path.substring(path.lastIndexOf('.') + 1)));
                    }
                }
                case Change.Added(String object, SortedMap<String, String> key) ->
                    key.keySet().forEach(name -> reads.add(new ParameterPattern(object + "*.", name)));
            }
        }
        return List.copyOf(reads);
    }

    private static void written(
            String path,
            Optional<String> before,
            String after,
            Known known,
            SortedMap<String, String> values,
            List<String> left) {
        Optional<String> now = known.value(path);
        if (now.isEmpty()) {
            left.add("the device does not have it any more (" + path + ")");
        } else if (before.isEmpty()) {
            left.add("what it was before was not known (" + path + ")");
        } else if (Sameness.same(now.get(), before.get())) {
            return;
        } else if (Sameness.same(now.get(), after)) {
            values.put(path, before.get());
        } else {
            left.add("somebody has changed it since (" + path + ")");
        }
    }

    private static End change(DeviceTalk talk, SortedMap<String, String> values, List<String> rows, List<String> left)
            throws CallException {
        List<String> faults = new ArrayList<>();
        int done = 0;
        Optional<Response> answer = Optional.empty();
        if (!values.isEmpty()) {
            DeviceTalk.Changed set = talk.set(values);
            done += set.done().size();
            faults.addAll(set.faults());
            answer = set.response();
        }
        for (String row : rows) {
            DeviceTalk.Changed deleted = talk.delete(row);
            done += deleted.done().size();
            faults.addAll(deleted.faults());
            answer = answer.or(deleted::response);
        }
        String brought = done == 0 ? "nothing had to be brought back" : done + " brought back";
        String stayed = left.isEmpty() ? "" : "; left as it is: " + some(left);
        return faults.isEmpty()
                ? new End.Done(brought + stayed, answer)
                : new End.Failed(some(faults) + "; " + brought + stayed, answer);
    }

    private static String some(List<String> sentences) {
        int more = sentences.size() - Limits.FAULTS;
        return String.join("; ", sentences.subList(0, Math.min(Limits.FAULTS, sentences.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
