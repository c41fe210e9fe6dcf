// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.spool.FileFolder;
import dev.pharos.server.spool.FileFolder.Received;
import dev.pharos.server.store.DeviceFileStore;
import dev.pharos.server.store.DeviceFileStore.Keeping;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.server.store.FileAction;
import dev.pharos.server.store.FileKind;
import dev.pharos.server.store.FileRequestStore;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.server.store.FileRequestStore.State;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has devices give files away and take them back, and keeps what comes. Thread-safe.
public final class DeviceFiles implements ControllerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceFiles.class);

    /// How the keys begin that come back to us.
    private static final String KEY = "file-";

    private static final Keeping KEEPING = new Keeping(Limits.PART, Limits.KEPT, Limits.KEPT_BYTES);

    private final UspController controller;
    private final DeviceFileStore store;
    private final FileRequestStore requests;
    private final FileLinks links;
    private final FileFolder incoming;
    private final Clock clock;

    /// @param incoming where files are until they are whole
    public DeviceFiles(
            UspController controller,
            DeviceFileStore store,
            FileRequestStore requests,
            FileLinks links,
            FileFolder incoming,
            Clock clock) {
        this.controller = controller;
        this.store = store;
        this.requests = requests;
        this.links = links;
        this.incoming = incoming;
        this.clock = clock;
    }

    public FileLinks links() {
        return links;
    }

    public DeviceFileStore store() {
        return store;
    }

    /// Why a device was not asked.
    public static final class NotNowException extends Exception {
        private static final long serialVersionUID = 1L;

        NotNowException(String why) {
            super(why);
        }
    }

    /// What somebody wants of a device.
    ///
    /// @param number of its file, from 1
    /// @param file that it is to take back; empty where it gives one
    public record Wish(FileAction action, int number, Optional<StoredFile> file) {}

    /// Asks a device.
    ///
    /// @param by who wants it
    /// @return how it stands when the device has answered; where the answer did not come, it may do it all the same
    /// @throws CallException where it has not begun; then nothing of it is kept
    public FileRequest begin(EndpointId device, Wish wish, String by) throws CallException, NotNowException {
        String key = KEY + UUID.randomUUID();
        Instant now = clock.instant();
        FileRequest fresh = new FileRequest(
                0,
                device,
                wish.action(),
                wish.number(),
                name(device, wish),
                key,
                State.RUNNING,
                now,
                by,
                now.plus(Limits.LINK),
                Optional.empty(),
                wish.file().map(StoredFile::id),
                "");
        long id = requests.begin(fresh, Limits.OPEN, Limits.REQUESTS)
                .orElseThrow(() -> new NotNowException("the device works on " + Limits.OPEN + " files already"));
        boolean asked = false;
        try {
            Link link = links.to(id, wish.action())
                    .orElseThrow(() -> new NotNowException("the server does not know yet where devices reach it"));
            ask(device, key, wish, link.url());
            asked = true;
        } finally {
            if (!asked) {
                requests.remove(key);
            }
        }
        return requests.find(id).orElse(fresh);
    }

    /// As the device calls it, where we know that.
    private String name(EndpointId device, Wish wish) {
        String told = controller
                .stores()
                .twins()
                .find(device, wish.action().object(wish.number()) + "Name")
                .map(TwinValue::value)
                .orElse("");
        String plain = told.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[.]+", "");
        return plain.isEmpty() ? wish.action().kind().text() + "-" + wish.number() : plain;
    }

    private void ask(EndpointId device, String key, Wish wish, String url) throws CallException {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("URL", url);
        inputs.put("Username", "");
        inputs.put("Password", "");
        wish.file().ifPresent(file -> {
            inputs.put("FileSize", Long.toString(file.size()));
            inputs.put("TargetFileName", "");
            inputs.put("CheckSumAlgorithm", "SHA-256");
            inputs.put("CheckSum", file.sha256().toHex());
        });
        OperateRequest request = new OperateRequest(wish.action().command(wish.number()), key, true, inputs);
        try {
            answered(device, key, controller.call(device, request, Limits.ANSWER));
        } catch (CallException failed) {
            if (!mayHaveBegun(failed)) {
                throw failed;
            }
            LOG.info("whether {} began with a file is not known yet: {}", device, failed.reason());
        }
    }

    private static boolean mayHaveBegun(CallException failed) {
        return switch (failed) {
            case DeviceUnreachableException away -> away.sent();
            case CallTimedOutException late -> late.sent();
            default -> false;
        };
    }

    private void answered(EndpointId device, String key, OperateResponse response) {
        if (response.operationResults().isEmpty()) {
            end(device, key, "the device answered, but ran no command");
            return;
        }
        switch (response.operationResults().getFirst().outcome()) {
            case OperateResponse.RequestObject _ -> LOG.debug("{} works on {}", device, key);
            case OperateResponse.OutputArgs _ -> end(device, key, "");
            case OperateResponse.CommandFailure(var fault) ->
                end(device, key, SecretParameters.BY_NAME.masked(fault.toString()));
        }
    }

    @Override
    public void eventStored(StoredEvent stored) {
        DeviceEvent event = stored.event();
        String key = event.args().getOrDefault("commandKey", "");
        if (event.kind() == EventKind.OPERATION_COMPLETE && key.startsWith(KEY)) {
            String outcome = event.value();
            event.device().ifPresent(device -> end(device, key, outcome.equals("success") ? "" : outcome));
        }
    }

    /// What a device says of the end counts only where no file has come: one that is here is here.
    ///
    /// @param fault empty where it says that it is done
    private void end(EndpointId device, String key, String fault) {
        boolean upload =
                requests.find(key).map(request -> request.action().isUpload()).orElse(false);
        String why = fault.isEmpty() && upload ? "the device says that it is done, but no file came" : fault;
        requests.end(device, key, why.isEmpty() ? State.COMPLETE : State.FAILED, clock.instant(), why);
    }

    /// The newest first.
    public List<FileRequest> requests(EndpointId device) {
        requests.lapse(clock.instant());
        return requests.of(device);
    }

    public Optional<FileRequest> request(long id) {
        requests.lapse(clock.instant());
        return requests.find(id);
    }

    /// Takes the file that a device was asked for, as it comes.
    ///
    /// @param announced how many bytes it is to have; -1 where that was not said
    /// @return empty where it came already, or is waited for no more
    /// @throws IOException where it does not come whole, is too large, or finds no room on the disk; the request
    ///     goes on
    public Optional<StoredFile> take(FileRequest request, InputStream content, long announced) throws IOException {
        FileKind kind = request.action().kind();
        try {
            return receive(kind, content, announced, received -> {
                StoredFile file = stored(request.device(), kind, request.name(), received, request.by());
                return in -> requests.received(request, file, in, KEEPING);
            });
        } catch (IOException failed) {
            requests.tried(request.id(), String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    /// Takes a file that somebody has of a device, to give it back.
    ///
    /// @return empty where the device is not known any more
    public Optional<StoredFile> put(EndpointId device, String name, InputStream content, long announced, String by)
            throws IOException {
        return receive(FileKind.CONFIG, content, announced, received -> {
            StoredFile file = stored(device, FileKind.CONFIG, name, received, by);
            return in -> store.add(file, in, KEEPING);
        });
    }

    private StoredFile stored(EndpointId device, FileKind kind, String name, Received received, String by) {
        return new StoredFile(0, device, kind, name, received.size(), received.sha256(), clock.instant(), by);
    }

    /// How a file is kept that is whole.
    @FunctionalInterface
    private interface Keep {
        Optional<StoredFile> from(InputStream content);
    }

    /// What is known of a file once it is whole.
    @FunctionalInterface
    private interface Whole {
        Keep of(Received received);
    }

    private Optional<StoredFile> receive(FileKind kind, InputStream content, long announced, Whole whole)
            throws IOException {
        Received received = incoming.receive(content, announced, Limits.of(kind));
        try (InputStream in = Channels.newInputStream(incoming.open(received.file()))) {
            return whole.of(received).from(in);
        } finally {
            incoming.delete(received.file());
        }
    }
}
