// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What the ACS has told the device to do with a file, as it is kept until the ACS has heard what became of it.
///
/// @param id [#FIRMWARE], or another number for each other order
/// @param method that the ACS has called
/// @param size in bytes, 0 where it is not known
/// @param due when it is to begin
/// @param tries how often it was begun
/// @param command that does it; empty for firmware, which takes two
/// @param image the object that firmware is in, with a dot, once it is to run; empty until then
record TransferOrder(
        long id,
        MethodEvent method,
        String commandKey,
        FileLocation location,
        long size,
        Instant due,
        int tries,
        String command,
        String image) {
    /// The number of the one order for firmware that there can be.
    static final long FIRMWARE = 0;

    static TransferOrder of(Download firmware, Instant now) {
        return new TransferOrder(
                FIRMWARE,
                MethodEvent.DOWNLOAD,
                firmware.commandKey(),
                firmware.location(),
                firmware.target().fileSize(),
                now.plus(firmware.delay()),
                0,
                "",
                "");
    }

    /// @param id that no other order has
    static TransferOrder of(FileCommand file, long id, Instant now) {
        return new TransferOrder(
                id,
                file.method(),
                file.commandKey(),
                file.location(),
                file.size(),
                now.plus(file.delay()),
                0,
                file.command(),
                "");
    }

    boolean isFirmware() {
        return id == FIRMWARE;
    }

    TransferOrder begunAgain() {
        return new TransferOrder(id, method, commandKey, location, size, due, tries + 1, command, image);
    }

    /// Firmware that is fetched: what is left is to run it.
    TransferOrder in(String object) {
        return new TransferOrder(id, method, commandKey, location, size, due, 0, command, object);
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
        TransferOutcome outcome = new TransferOutcome(fault, CwmpTime.of(due), CwmpTime.of(now));
        return new Report(
                new TransferComplete(commandKey, outcome),
                List.of(new EventStruct(StandardEvent.TRANSFER_COMPLETE, ""), new EventStruct(method, commandKey)));
    }

    /// As it is kept.
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("method", method.text());
        words.put("key", commandKey);
        words.put("url", location.url());
        words.put("username", location.username());
        words.put("password", location.password());
        words.put("size", Long.toString(size));
        words.put("due", due.toString());
        words.put("tries", Integer.toString(tries));
        words.put("command", command);
        words.put("image", image);
        return words;
    }

    /// @param word what is kept by a name, empty where nothing is
    /// @throws RuntimeException where what is kept is none
    static TransferOrder read(long id, UnaryOperator<String> word) {
        return new TransferOrder(
                id,
                EventCode.of(word.apply("method")) instanceof MethodEvent method ? method : MethodEvent.DOWNLOAD,
                word.apply("key"),
                new FileLocation(word.apply("url"), word.apply("username"), word.apply("password")),
                Long.parseLong(word.apply("size")),
                Instant.parse(word.apply("due")),
                Integer.parseInt(word.apply("tries")),
                word.apply("command"),
                word.apply("image"));
    }

    /// Without what may be secret.
    @Override
    public String toString() {
        return method.text() + " " + commandKey;
    }
}
