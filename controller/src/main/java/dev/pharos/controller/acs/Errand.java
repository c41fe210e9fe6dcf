// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.DownloadType;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a device shall do, or tell, in its next session. Paths are as USP has them.
public sealed interface Errand {
    /// What follows a transfer of a file.
    String TRANSFER = "the device tells what becomes of it";

    /// Whether it may be asked again where it is not known whether it was done.
    boolean isRepeatable();

    /// Whether nobody wants it any more where the device comes only now.
    default boolean isOverdue(Instant now) {
        return false;
    }

    /// What follows where the device has taken it and says that it is not done yet, in words for people.
    default String afterwards() {
        return "in effect after a restart";
    }

    /// Writes these values, all or none.
    ///
    /// @param values by parameter path
    record SetValues(Map<String, String> values) implements Errand {
        public SetValues {
            values = Frozen.map(values);
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        /// The paths only: values may be secret.
        @Override
        public String toString() {
            return "set " + String.join(", ", values.keySet());
        }
    }

    /// Reads these parameters, and all beneath these objects.
    record ReadValues(List<String> paths) implements Errand {
        public ReadValues {
            paths = Frozen.list(paths);
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public String toString() {
            return "read " + String.join(", ", paths);
        }
    }

    /// Makes a row with these values; where they are refused there is no row either.
    ///
    /// @param table its path, with the dot
    /// @param values by parameter name
    record AddRow(String table, Map<String, String> values) implements Errand {
        public AddRow {
            values = Frozen.map(values);
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        /// Without values, which may be secret.
        @Override
        public String toString() {
            return "add a row to " + table;
        }
    }

    /// Removes these rows, one after the other until one is refused.
    ///
    /// @param rows their paths, with the dot
    record DeleteRows(List<String> rows) implements Errand {
        public DeleteRows {
            rows = Frozen.list(rows);
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public String toString() {
            return "delete " + String.join(", ", rows);
        }
    }

    /// Makes the device know a controller and the way to it, as far as it does not yet: what was begun before is
    /// completed. At a broker it gets a login of its own, which is made in the session. Where it refuses a
    /// part, what was made for it is removed again.
    record MeetController(UspDoor door) implements Errand {
        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public String toString() {
            return "meet " + door.controller() + " at " + door;
        }
    }

    /// Makes the device forget a controller and the way to it, as far as it knows it.
    record LeaveController(UspDoor door) implements Errand {
        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public String toString() {
            return "forget " + door.controller();
        }
    }

    /// Has the device fetch a file and use it: run firmware, or be configured so. That it was told so ends the errand;
    /// its TransferComplete tells more.
    ///
    /// @param type as FileType of Download, which is that of a [DownloadType] or a vendor's
    /// @param url may hold a secret in its query
    /// @param commandKey by which the device names the transfer afterwards, up to 32 characters
    /// @param size in bytes
    /// @param name by which the device is to know the file; empty where it needs none
    /// @param until when the link is good no more, in whole seconds: the device is not told so later
    /// @param within until when it is to be done, in whole seconds, by a device that knows ScheduleDownload; empty
    ///     where it may be at any time
    record FetchFile(
            String type, String url, String commandKey, long size, String name, Instant until, Optional<Instant> within)
            implements Errand {
        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isOverdue(Instant now) {
            return !now.isBefore(until);
        }

        @Override
        public String afterwards() {
            return TRANSFER;
        }

        /// Without the URL.
        @Override
        public String toString() {
            return "fetch " + (type.equals(DownloadType.FIRMWARE.text()) ? "firmware" : type) + " (" + commandKey + ")";
        }
    }

    /// Has the device send a file. That it was told so ends the errand; its TransferComplete tells more.
    ///
    /// @param type as FileType of Upload, which is that of an [dev.pharos.cwmp.UploadType] or a vendor's
    /// @param url may hold a secret in its query
    /// @param commandKey by which the device names the transfer afterwards, up to 32 characters
    /// @param until when the link is good no more, in whole seconds: the device is not told so later
    record SendFile(String type, String url, String commandKey, Instant until) implements Errand {
        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public boolean isOverdue(Instant now) {
            return !now.isBefore(until);
        }

        @Override
        public String afterwards() {
            return TRANSFER;
        }

        /// Without the URL.
        @Override
        public String toString() {
            return "send " + type + " (" + commandKey + ")";
        }
    }

    /// Has the device install, update or remove software modules. That it was told so ends the errand; its
    /// DUStateChangeComplete tells more.
    ///
    /// @param key by which the device names it afterwards, up to 32 characters
    record ChangeModules(String key, List<ModuleChange> changes) implements Errand {
        public ChangeModules {
            changes = Frozen.list(changes);
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public String toString() {
            return changes.stream().map(ModuleChange::command).collect(Collectors.joining(", "));
        }
    }

    /// Starts and stops execution units of software modules.
    record RequestStates(List<StateChange> changes) implements Errand {
        public RequestStates {
            changes = Frozen.list(changes);
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public String toString() {
            return changes.stream().map(StateChange::toString).collect(Collectors.joining(", "));
        }
    }

    /// Calls a method that touches nothing of the data model: ScheduleInform, CancelTransfer, GetAllQueuedTransfers,
    /// GetOptions or SetVouchers.
    ///
    /// @throws IllegalArgumentException for any other
    record CallMethod(AcsRequest<?> request) implements Errand {
        public CallMethod {
            switch (request) {
                case ScheduleInform _, CancelTransfer _, GetAllQueuedTransfers _, GetOptions _, SetVouchers _ -> {}
                default -> throw new IllegalArgumentException("no method of these: " + request.method());
            }
        }

        @Override
        public boolean isRepeatable() {
            return !(request instanceof SetVouchers);
        }

        @Override
        public String toString() {
            return switch (request) {
                case ScheduleInform later -> "come again in " + later.delay().toSeconds() + " s";
                case CancelTransfer cancel -> "cancel the transfer " + cancel.commandKey();
                case GetOptions options ->
                    options.optionName().isEmpty() ? "tell its options" : "tell the option " + options.optionName();
                case SetVouchers vouchers -> "take " + vouchers.voucherList().size() + " vouchers";
                default -> "tell its queued transfers";
            };
        }
    }

    /// Restarts the device, as it is or as from the factory.
    record Restart(boolean factoryReset) implements Errand {
        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public String toString() {
            return factoryReset ? "factory reset" : "reboot";
        }
    }
}
