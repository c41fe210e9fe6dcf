// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.Errand;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Has devices give files away and take them back, and keeps what comes. Thread-safe.
public final class DeviceFiles implements ControllerObserver {
    private static final Keeping KEEPING = new Keeping(Limits.PART, Limits.KEPT, Limits.KEPT_BYTES);

    /// Who has asked where the device has.
    private static final String ITSELF = "the device";

    private final Parts parts;
    private final FileRequestStore requests;
    private final FileNames names;
    private final FileEnds ends;
    private final FilesOverUsp overUsp;
    private final FilesOverTr069 overTr069;

    /// What it works with.
    ///
    /// @param office that manages devices of TR-069
    /// @param incoming where files are until they are whole
    public record Parts(
            UspController controller,
            AcsOffice office,
            FileRequestStore requests,
            FileLinks links,
            FileFolder incoming,
            Clock clock) {}

    public DeviceFiles(Parts parts) {
        this.parts = parts;
        this.requests = parts.requests();
        this.names = new FileNames(parts.controller().stores().twins());
        this.ends = new FileEnds(requests, parts.clock());
        this.overUsp = new FilesOverUsp(parts.controller(), ends);
        this.overTr069 = new FilesOverTr069(parts.office(), names, ends);
        parts.office().watchedBy(overTr069);
    }

    public FileLinks links() {
        return parts.links();
    }

    public DeviceFileStore store() {
        return requests.files();
    }

    /// Whether a device is asked over TR-069.
    public boolean isOverTr069(EndpointId device) {
        return parts.office().isManaged(device);
    }

    /// When a device that is managed over TR-069 is expected to come and be told of a request that waits for that;
    /// empty where none waits.
    public Optional<Instant> awaitedSession(FileRequest request) {
        return overTr069.awaitedSession(request);
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
    /// @param type of a file by what TR-069 calls it; empty where the action says it
    /// @param file that it is to take; empty where it gives one
    public record Wish(FileAction action, int number, String type, Optional<StoredFile> file) {
        public Wish(FileAction action, int number, Optional<StoredFile> file) {
            this(action, number, "", file);
        }
    }

    /// Asks a device.
    ///
    /// @param by who wants it
    /// @return how it stands when the device has answered; where the answer did not come, it may do it all the same
    /// @throws CallException where it has not begun; then nothing of it is kept
    public FileRequest begin(EndpointId device, Wish wish, String by) throws CallException, NotNowException {
        FileWay way = isOverTr069(device) ? overTr069 : overUsp;
        FileRequest fresh = fresh(device, wish, FileEnds.key(), names.plain(device, wish), by, way.life());
        Opened opened = opened(fresh, way.life());
        boolean asked = false;
        try {
            way.ask(new FileOrder(device, fresh.key(), wish, opened.link()));
            asked = true;
        } finally {
            if (!asked) {
                forget(fresh.key());
            }
        }
        return requests.find(opened.id()).orElse(fresh);
    }

    /// Of a device of TR-069 that asks for a configuration itself, in the session that it is in.
    ///
    /// @return what it is to be told
    Errand.FetchFile order(EndpointId device, StoredFile file) throws NotNowException {
        Wish wish = new Wish(FileAction.RESTORE, 1, Optional.of(file));
        String key = FileEnds.key();
        Opened opened =
                opened(fresh(device, wish, key, names.plain(device, wish), ITSELF, overTr069.life()), overTr069.life());
        if (opened.link().url().length() > Limits.TR069_URL) {
            forget(key);
            throw new NotNowException("the link is longer than the " + Limits.TR069_URL + " characters of TR-069");
        }
        return FilesOverTr069.taking(new FileOrder(device, key, wish, opened.link()), file, "");
    }

    /// Waits for packets that somebody else asks a device for, over USP.
    ///
    /// @param key by which the device says that it is done
    /// @param name as the file is to be called
    /// @return the link that it goes to
    public String expect(EndpointId device, String key, String name, String by) throws NotNowException {
        Wish wish = new Wish(FileAction.CAPTURE, 1, Optional.empty());
        return opened(fresh(device, wish, key, name, by, overUsp.life()), overUsp.life())
                .link()
                .url();
    }

    /// The device did not even begin.
    public void forget(String key) {
        requests.remove(key);
    }

    /// The device could not even begin, and said why.
    public void failed(EndpointId device, String key, String fault) {
        ends.end(device, key, fault);
    }

    private FileRequest fresh(EndpointId device, Wish wish, String key, String name, String by, Duration life) {
        Instant now = parts.clock().instant();
        return new FileRequest(
                0,
                device,
                wish.action(),
                wish.number(),
                name,
                key,
                State.RUNNING,
                now,
                by,
                now.plus(life),
                Optional.empty(),
                wish.file().map(StoredFile::id),
                "");
    }

    private record Opened(long id, Link link) {}

    private Opened opened(FileRequest fresh, Duration life) throws NotNowException {
        long id = requests.begin(fresh, Limits.OPEN, Limits.REQUESTS)
                .orElseThrow(() -> new NotNowException("the device works on " + Limits.OPEN + " files already"));
        Optional<Link> link = parts.links().to(id, fresh.action(), life);
        if (link.isEmpty()) {
            forget(fresh.key());
            throw new NotNowException("the server does not know yet where devices reach it");
        }
        return new Opened(id, link.get());
    }

    @Override
    public void eventStored(StoredEvent stored) {
        DeviceEvent event = stored.event();
        event.device().ifPresent(device -> {
            String key = event.args().getOrDefault("commandKey", "");
            if (event.kind() == EventKind.OPERATION_COMPLETE && FileEnds.isOurs(key)) {
                ends.end(device, key, event.value().equals("success") ? "" : event.value());
            }
            overTr069.heard(device, event);
        });
    }

    /// The newest first.
    public List<FileRequest> requests(EndpointId device) {
        requests.lapse(parts.clock().instant());
        return requests.of(device);
    }

    public Optional<FileRequest> request(long id) {
        requests.lapse(parts.clock().instant());
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

    /// What somebody says of a file that they have.
    public record Put(EndpointId device, FileKind kind, String name, String by) {}

    /// Takes a file that somebody has for a device, to give it to it.
    ///
    /// @return empty where the device is not known any more
    public Optional<StoredFile> put(Put put, InputStream content, long announced) throws IOException {
        return receive(put.kind(), content, announced, received -> {
            StoredFile file = stored(put.device(), put.kind(), put.name(), received, put.by());
            return in -> store().add(file, in, KEEPING);
        });
    }

    private StoredFile stored(EndpointId device, FileKind kind, String name, Received received, String by) {
        return new StoredFile(
                0,
                device,
                kind,
                name,
                received.size(),
                received.sha256(),
                parts.clock().instant(),
                by);
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
        Received received = parts.incoming().receive(content, announced, Limits.of(kind));
        try (InputStream in = Channels.newInputStream(parts.incoming().open(received.file()))) {
            return whole.of(received).from(in);
        } finally {
            parts.incoming().delete(received.file());
        }
    }
}
