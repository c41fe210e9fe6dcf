// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pharos files`: configuration and log files of a device.
@Command(
        name = "files",
        description =
                "Lists the files of a device; has it give away its configuration or a log, and take a configuration"
                        + " back; reads and deletes what is kept. Ends with 1 where the device did not do it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What to do:",
            "  list             what the server keeps and the device has (as without a word)",
            "  backup [N]       the device gives its configuration away; the Nth of several",
            "  log [N]          the same with a log",
            "  restore FILE     the device takes one back: the number of a kept one, or a file",
            "  get FILE         a file that is kept, by its number, into this folder",
            "  delete FILE      the server forgets it",
            "Of a device of TR-069, besides:",
            "  queue            transfers that it is yet to do, as it says now",
            "  cancel KEY       it gives one up that it has not begun, by its key",
            "  options [NAME]   what vouchers have switched on in it",
            "  voucher FILE     it takes a voucher for an option",
            "  send FILE        it takes a file of the kind that --type says: a kept one, or a file",
            "  fetch            it gives a file of the kind that --type says away",
            "",
            "Examples:",
            "  pharos files os::0200F0-1",
            "  pharos files os::0200F0-1 backup",
            "  pharos files os::0200F0-1 log 1",
            "  pharos files os::0200F0-1 get 7 --out yesterday.txt",
            "  pharos files os::0200F0-1 restore 7",
            "  pharos files os::0200F0-1 restore ./settings.txt",
            "  pharos files os::00256D-1 send ./ring.wav --type '5 Ringer File'",
            "  pharos files os::00256D-1 fetch --type 'X 00256D Core Dump'",
            "",
            "More: docs/files.md."
        })
public final class FilesCommand extends ServerCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 250;

    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "WHAT", description = "What to do: see below.")
    private String what = "list";

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "Which file: see below.")
    private @Nullable String file;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "Where get writes to (default: as the device calls it).")
    private @Nullable Path out;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "What TR-069 or the maker calls files of the kind, for send and fetch.")
    private @Nullable String type;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Option(names = "--no-wait", description = "Only ask the device; the list shows what became of it.")
    private boolean noWait;

    private String place = "";

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        place = "/devices/" + RestClient.segment(device) + "/files";
        RestClient client = client();
        return switch (what) {
            case "list" ->
                print(client.get(place), (answer, to) -> FilesText.table(answer).forEach(to::println));
            case "backup", "log" ->
                ask(client, Json.object().put("action", what).put("number", file == null ? 1 : number()));
            case "restore" -> ask(client, Json.object().put("action", what).put("file", kept(client, "config")));
            case "send" -> {
                String called = type();
                yield ask(
                        client,
                        Json.object().put("action", what).put("type", called).put("file", kept(client, "other")));
            }
            case "fetch" -> ask(client, Json.object().put("action", what).put("type", type()));
            case "get" -> get(client);
            case "delete" -> delete(client);
            case "queue", "cancel", "options", "voucher" -> new TransferQueue(this, client, device).run(what, file);
            default ->
                throw new WrongUsageException(
                        "\"" + what + "\" is none of list, backup, log, restore, get, delete, queue,"
                                + " cancel, options, voucher, send, fetch");
        };
    }

    private String type() {
        String given = type;
        if (given == null || given.isBlank()) {
            throw new WrongUsageException(what + " needs --type, what TR-069 or the maker calls such files:"
                    + " \"4 Tone File\", \"X 00256D Core Dump\"");
        }
        return given;
    }

    private long number() {
        String given = file;
        if (given == null) {
            throw new WrongUsageException(what + " needs the number of a file: pharos files " + device);
        }
        if (!given.matches("[0-9]{1,9}")) {
            throw new WrongUsageException("\"" + given + "\" is not the number of a file");
        }
        return Long.parseLong(given);
    }

    /// A number is one that is kept; anything else is a file here, which is kept first.
    private long kept(RestClient client, String kind) throws DeniedException, UnreachableException {
        String given = file;
        if (given == null || given.matches("[0-9]{1,9}")) {
            return number();
        }
        Path here = Path.of(given);
        if (!Files.isRegularFile(here)) {
            throw new WrongUsageException("no file " + here);
        }
        String name = String.valueOf(here.getFileName())
                .replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceAll("^[.]+", "_");
        String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&kind=" + kind;
        try {
            return client.upload(place + query, here, _ -> {}).path("id").asLong();
        } catch (IOException unreadable) {
            throw new WrongUsageException("cannot read " + here);
        }
    }

    private int ask(RestClient client, ObjectNode body)
            throws DeniedException, UnreachableException, InterruptedException {
        JsonNode request = client.post(place + "/requests", body);
        String path = place + "/requests/" + request.path("id").asLong();
        AwaitedSession awaited = new AwaitedSession();
        while (!noWait && request.path("state").asString("").equals("running")) {
            awaited.tell(request, err());
            Thread.sleep(PAUSE_MILLIS);
            request = client.get(path);
        }
        PrintWriter printed = out();
        printed.println(json() ? Json.text(request) : FilesText.outcome(request));
        printed.flush();
        return List.of("running", "complete").contains(request.path("state").asString("")) ? 0 : ExitStatus.DENIED;
    }

    private int get(RestClient client) throws DeniedException, UnreachableException {
        long wanted = number();
        Path target = out == null ? Path.of(name(client, wanted)) : out;
        if (Files.exists(target) && !force) {
            throw new WrongUsageException(target + " is there already: name another by --out, or say --force");
        }
        long size = FileSave.save(client, place + "/" + wanted, target);
        return print(Json.object().put("file", target.toString()).put("bytes", size), target + ", " + size + " bytes");
    }

    private String name(RestClient client, long wanted) throws DeniedException, UnreachableException {
        for (JsonNode kept : client.get(place).path("items")) {
            Optional<String> name = Optional.of(kept.path("name").asString(""))
                    .filter(text -> text.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*"));
            if (kept.path("id").asLong() == wanted && name.isPresent()) {
                return name.get();
            }
        }
        return "file-" + wanted;
    }

    private int delete(RestClient client) throws DeniedException, UnreachableException {
        long unwanted = number();
        client.delete(place + "/" + unwanted);
        return print(Json.object().put("deleted", unwanted), "deleted file " + unwanted);
    }
}
