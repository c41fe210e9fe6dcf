// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the ACS has told the device to do with a file, as it is kept until the ACS has heard what became of it.
///
/// @param id [#FIRMWARE], or another number for each other order
/// @param what the ACS has asked for
/// @param command that does it; empty for firmware, which takes two
/// @param size in bytes, 0 where it is not known
/// @param time when it may be done
/// @param tries how often it was begun
/// @param image the object that firmware is in, with a dot, once it is to run; empty until then
record TransferOrder(
        long id, Asked what, String command, FileLocation location, long size, Time time, int tries, String image) {
    /// The number of the one order for firmware that there can be.
    static final long FIRMWARE = 0;

    /// As the ACS knows it.
    ///
    /// @param method that the ACS has called
    record Asked(MethodEvent method, String commandKey, String fileType) {}

    /// When something may be done.
    ///
    /// @param due not before
    /// @param windows within one of these, in their order; at any time where there are none
    record Time(Instant due, List<Window> windows) {
        Time {
            windows = Frozen.list(windows);
        }

        /// When it may be done the next time, which may be `now`.
        ///
        /// @return empty where all windows are over
        Optional<Instant> opening(Instant now) {
            Instant from = due.isAfter(now) ? due : now;
            return windows.isEmpty()
                    ? Optional.of(from)
                    : windows.stream()
                            .filter(window -> from.isBefore(window.to()))
                            .map(window -> window.from().isAfter(from) ? window.from() : from)
                            .findFirst();
        }

        /// Where there is another window after the one that is open.
        Optional<Time> inTheNext(Instant now) {
            return windows.stream()
                    .filter(window -> window.from().isAfter(now))
                    .map(window -> new Time(window.from(), windows))
                    .findFirst();
        }

        private String text() {
            return Stream.concat(
                            Stream.of(due.toString()),
                            windows.stream().map(window -> window.from() + "/" + window.to()))
                    .collect(Collectors.joining(" "));
        }

        private static Time read(String text) {
            String[] words = text.split(" ", -1);
            return new Time(
                    Instant.parse(words[0]),
                    Stream.of(words)
                            .skip(1)
                            .map(word -> word.split("/", 2))
                            .map(ends -> new Window(Instant.parse(ends[0]), Instant.parse(ends[ends.length - 1])))
                            .toList());
        }
    }

    /// @param to exclusive
    record Window(Instant from, Instant to) {}

    /// @param id that no other order has
    static TransferOrder of(FileCommand file, long id, Instant now) {
        return new TransferOrder(
                id,
                new Asked(file.method(), file.commandKey(), file.fileType()),
                file.command().orElse(""),
                file.location(),
                file.size(),
                new Time(
                        now.plus(file.delay()),
                        file.windows().stream()
                                .map(window -> new Window(now.plus(window.start()), now.plus(window.end())))
                                .toList()),
                0,
                "");
    }

    boolean isFirmware() {
        return id == FIRMWARE;
    }

    boolean isUpload() {
        return what.method() == MethodEvent.UPLOAD;
    }

    TransferOrder begunAgain() {
        return new TransferOrder(id, what, command, location, size, time, tries + 1, image);
    }

    /// Firmware that is fetched: what is left is to run it.
    TransferOrder in(String object) {
        return new TransferOrder(id, what, command, location, size, time, 0, object);
    }

    /// Begun anew then.
    TransferOrder at(Time other) {
        return new TransferOrder(id, what, command, location, size, other, 0, image);
    }

    boolean isFetched() {
        return !image.isEmpty();
    }

    /// The inputs of the command that carries the file.
    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("URL", location.url());
        inputs.put("Username", location.username());
        inputs.put("Password", location.password());
        if (size > 0) {
            inputs.put("FileSize", Long.toString(size));
        }
        if (isFirmware()) {
            inputs.put("AutoActivate", "false");
        }
        return inputs;
    }

    /// How the ACS hears of the end.
    Report ended(FaultStruct fault, Instant now) {
        TransferOutcome outcome = new TransferOutcome(fault, CwmpTime.of(time.due()), CwmpTime.of(now));
        return new Report(
                new TransferComplete(what.commandKey(), outcome),
                List.of(
                        new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""),
                        new EventStruct(what.method(), what.commandKey())));
    }

    /// As it is kept.
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("method", what.method().text());
        words.put("key", what.commandKey());
        words.put("type", what.fileType());
        words.put("url", location.url());
        words.put("username", location.username());
        words.put("password", location.password());
        words.put("size", Long.toString(size));
        words.put("due", time.text());
        words.put("tries", Integer.toString(tries));
        words.put("command", command);
        words.put("image", image);
        return words;
    }

    /// @param word what is kept by a name, empty where nothing is
    /// @throws RuntimeException where what is kept is none
    static TransferOrder read(long id, UnaryOperator<String> word) {
        MethodEvent method =
                EventCode.of(word.apply("method")) instanceof MethodEvent known ? known : MethodEvent.DOWNLOAD;
        return new TransferOrder(
                id,
                new Asked(method, word.apply("key"), word.apply("type")),
                word.apply("command"),
                new FileLocation(word.apply("url"), word.apply("username"), word.apply("password")),
                Long.parseLong(word.apply("size")),
                Time.read(word.apply("due")),
                Integer.parseInt(word.apply("tries")),
                word.apply("image"));
    }

    /// Without what may be secret.
    @Override
    public String toString() {
        return what.method().text() + " " + what.commandKey();
    }
}
