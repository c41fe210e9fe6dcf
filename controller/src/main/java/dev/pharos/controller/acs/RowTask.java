// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.model.CwmpNames;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Brings rows of a device to how they shall be, in one session: reads what there is, and then does one part after the
/// other, each by what is known after the one before.
abstract sealed class RowTask implements Task permits MeetTask, LeaveTask, UrlTask {
    static final String CONTROLLERS = "Device.LocalAgent.Controller.";
    static final String AGENT_MTPS = "Device.LocalAgent.MTP.";
    static final String CERTIFICATES = "Device.LocalAgent.Certificate.";
    static final String CREDENTIALS = "Device.LocalAgent.ControllerTrust.Credential.";
    /// What an authority may vouch for: connections, and that a controller is who it says. No role comes with it.
    static final String ALLOWED = "MTP-and-USP";

    private final List<String> paths;
    private final Approach approach;
    private final Progress progress;
    private final Part part = new Part();
    private final Map<String, String> known = new TreeMap<>();
    private @Nullable Task current;
    private boolean begun;
    private boolean over;

    /// @param paths what is to be known before anything is done, as USP has them
    RowTask(List<String> paths, Approach approach, Progress progress) {
        this.paths = paths;
        this.approach = approach;
        this.progress = progress;
    }

    /// Told of what a part does; the errand itself ends when all parts have.
    private final class Part implements Progress {
        private Optional<ErrandEnd> end = Optional.empty();

        @Override
        public boolean begun() {
            return true;
        }

        @Override
        public void learnt(List<ParameterValue> values, TwinValue.Source source) {
            approach.withShown(values)
                    .forEach(each -> known.put(CwmpNames.inModel(each.name()), CwmpNames.valueInModel(each.value())));
            progress.learnt(values, source);
        }

        @Override
        public void gone(String row) {
            known.keySet().removeIf(path -> path.startsWith(row));
            progress.gone(row);
        }

        @Override
        public void ended(ErrandEnd how) {
            end = Optional.of(how);
        }

        @Override
        public void interrupted() {
            over = true;
            progress.interrupted();
        }
    }

    @Override
    public final Optional<AcsRequest<?>> next() {
        while (!over) {
            Task task = current;
            if (task == null) {
                task = following();
                current = task;
            }
            if (task != null) {
                Optional<AcsRequest<?>> request = task.next();
                if (request.isPresent()) {
                    return request;
                }
                current = null;
            }
        }
        return Optional.empty();
    }

    private @Nullable Task following() {
        if (!begun) {
            begun = true;
            return new ReadTask(new Errand.ReadValues(paths), approach, part);
        }
        ErrandEnd before = part.end.orElseThrow();
        part.end = Optional.empty();
        return following(before).orElse(null);
    }

    /// What is done next; [#end] is called where that is nothing.
    ///
    /// @param before how the part before has ended, which at first is that all was read
    abstract Optional<Task> following(ErrandEnd before);

    final Approach approach() {
        return approach;
    }

    final Progress part() {
        return part;
    }

    final Optional<Task> end(ErrandEnd how) {
        over = true;
        progress.ended(how);
        return Optional.empty();
    }

    /// What the device said, by path.
    final Map<String, String> known() {
        return known;
    }

    final String known(String path) {
        return known.getOrDefault(path, "");
    }

    final boolean isSet(String path) {
        return known(path).equals("true") || known(path).equals("1");
    }

    /// Rows of a table, with the dot.
    final List<String> rows(String table) {
        Pattern row = Pattern.compile(Pattern.quote(table) + "[0-9]+\\.");
        return known.keySet().stream()
                .map(row::matcher)
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .distinct()
                .toList();
    }

    /// What a parameter says that refers to this row, where the device has another name for it too; nothing for none.
    final String reference(String row) {
        if (row.isEmpty()) {
            return "";
        }
        String own = approach.ownName(row);
        return CwmpNames.valueInModel(own.substring(0, own.length() - 1));
    }

    /// Whether a row of a controller was made and never completed: nobody is its controller.
    final boolean isHalfMade(String controllerRow) {
        if (isSet(controllerRow + "Enable")) {
            return false;
        }
        try {
            EndpointId.parse(known(controllerRow + "EndpointID"));
            return false;
        } catch (MalformedInputException nobody) {
            return true;
        }
    }

    /// The rows of a certificate; several where a device does not mind.
    final List<String> certificates(DoorAuthority authority) {
        return rows(CERTIFICATES).stream()
                .filter(row -> authority.is(known(row + "SerialNumber"), known(row + "Issuer")))
                .toList();
    }

    /// Rows by which certificates are trusted.
    final List<String> credentials(List<String> certificateRows) {
        List<String> references = certificateRows.stream().map(this::reference).toList();
        return rows(CREDENTIALS).stream()
                .filter(row -> references.contains(known(row + "Credential")))
                .toList();
    }

    /// Whether it is the row of the broker by which a device finds a controller.
    final boolean isBroker(String row, UspDoor door, EndpointId device) {
        return door.brokers()
                .filter(table -> table.marks(door, device.toString()).entrySet().stream()
                        .allMatch(mark -> known(row + mark.getKey()).equals(mark.getValue())))
                .isPresent();
    }

    @Override
    public final void answered(Answer answer) {
        Task task = current;
        if (task != null) {
            task.answered(answer);
        }
    }

    @Override
    public final void interrupted() {
        progress.interrupted();
    }
}
