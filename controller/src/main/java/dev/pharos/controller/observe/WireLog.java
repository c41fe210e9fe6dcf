// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.UspRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/// What happens on the wire, for those who look on now and, for the last of it, for those who look later. Everything
/// is kept as it came, in bounded memory, and masked when it is looked at; nothing unmasked leaves.
public final class WireLog {
    private static final int SHELVES = 16;

    private final Observers observers;
    private final DeviceSecrets secrets;
    private final Clock clock;
    private final AtomicLong seq;
    private final WireShelf[] shelves = new WireShelf[SHELVES];
    private final PassageRing refusals = new PassageRing(Limits.WIRE_KEPT_REFUSALS);
    private final PassageRing openings = new PassageRing(Limits.WIRE_KEPT_OPENINGS);
    private final RefusedPeers refusedPeers = new RefusedPeers(Limits.REFUSED_PEERS);

    /// @param models the stored supported data model of a device, which says what is secret beyond well-known names
    public WireLog(Observers observers, Clock clock, Function<EndpointId, Optional<SupportedModel>> models) {
        this.observers = observers;
        this.secrets = new DeviceSecrets(models, clock);
        this.clock = clock;
        // microseconds, so that the numbers go on growing after a restart
        this.seq = new AtomicLong(clock.millis() * 1_000);
        Arrays.setAll(shelves, i -> new WireShelf(Limits.WIRE_KEPT_BYTES / SHELVES));
    }

    /// A Record passed.
    public void passed(
            Direction direction, WirePlace place, int bytes, UspRecord record, Optional<UspMessage> message) {
        EndpointId device = direction == Direction.IN ? record.from() : record.to();
        Passage passage = passage(
                Kind.RECORD,
                Optional.of(device),
                direction,
                place,
                bytes,
                new Passage.Decoded(record, message),
                Optional.empty());
        shelf(device).keep(device, passage.kept());
        tell(passage);
    }

    /// A Record came and was refused, or ignored.
    ///
    /// @param admitted whom the connection belongs to, where someone was let in
    public void refused(
            Optional<EndpointId> admitted,
            WirePlace place,
            int bytes,
            UspRecord record,
            Optional<UspMessage> message,
            String why) {
        Passage passage = passage(
                Kind.RECORD,
                Optional.of(record.from()),
                Direction.IN,
                place,
                bytes,
                new Passage.Decoded(record, message),
                Optional.of(why));
        keepRefused(admitted, passage);
    }

    /// Something came that is no Record.
    public void unreadable(Optional<EndpointId> peer, boolean admitted, WirePlace place, Bytes bytes, String why) {
        Passage passage =
                passage(Kind.RECORD, peer, Direction.IN, place, bytes.size(), beginning(bytes), Optional.of(why));
        keepRefused(admitted ? peer : Optional.empty(), passage);
    }

    private static Passage.Unreadable beginning(Bytes bytes) {
        // a copy: a slice would keep all of it alive
        return new Passage.Unreadable(Bytes.copyOf(bytes.slice(0, Math.min(bytes.size(), Limits.WIRE_UNREADABLE_BYTES))
                .toByteArray()));
    }

    /// A message of a session of TR-069 passed, or was refused.
    ///
    /// @param bytes how large its envelope was, decompressed
    public void envelope(Direction direction, WirePeer peer, int bytes, Envelope envelope, Optional<String> refused) {
        session(direction, peer, bytes, new Passage.Enveloped(envelope), refused);
    }

    /// A message of a session of TR-069 with nothing in it passed, or was refused.
    ///
    /// @param name what it is called
    /// @param sentence what it says all the same
    public void bare(Direction direction, WirePeer peer, String name, String sentence, Optional<String> refused) {
        session(direction, peer, 0, new Passage.Said(name, sentence), refused);
    }

    /// A device of TR-069 sent something that is no envelope.
    public void noEnvelope(WirePeer peer, Bytes bytes, String why) {
        session(Direction.IN, peer, bytes.size(), beginning(bytes), Optional.of(why));
    }

    private void session(
            Direction direction, WirePeer peer, int bytes, Passage.Content content, Optional<String> refused) {
        Passage passage = passage(Kind.ENVELOPE, peer.device(), direction, peer.place(), bytes, content, refused);
        Optional<EndpointId> admitted = peer.admitted() ? peer.device() : Optional.empty();
        if (refused.isPresent()) {
            keepRefused(admitted, passage);
            return;
        }
        Passage kept = passage.kept();
        if (admitted.isPresent()) {
            shelf(admitted.get()).keep(admitted.get(), kept);
        } else {
            openings.keep(kept);
        }
        tell(passage);
    }

    /// Somebody was refused before anything could be sent.
    public void refusedAtTheDoor(WirePlace place, Optional<EndpointId> device, String why) {
        Passage passage = passage(Kind.REFUSED, device, Direction.IN, place, 0, new Passage.Said(""), Optional.of(why));
        keepRefused(Optional.empty(), passage);
    }

    /// A connection stands; nobody has been let in yet.
    public void opened(WirePlace place, Optional<EndpointId> claimed) {
        Passage passage = passage(
                Kind.OPENED,
                claimed,
                Direction.IN,
                place,
                0,
                new Passage.Said("connected from " + place.address()),
                Optional.empty());
        openings.keep(passage);
        tell(passage);
    }

    /// A connection ended.
    ///
    /// @param admitted whether its peer had been let in
    public void closed(WirePlace place, Optional<EndpointId> device, boolean admitted, String why) {
        Passage passage = passage(
                Kind.CLOSED,
                device,
                Direction.IN,
                place,
                0,
                new Passage.Said("the connection ended: " + why),
                Optional.empty());
        if (admitted && device.isPresent()) {
            shelf(device.get()).keep(device.get(), passage);
        } else {
            openings.keep(passage);
        }
        tell(passage);
    }

    /// A device of TR-069 was called to open a session.
    ///
    /// @param place by which transport, and where
    /// @param what was said, without anything secret
    /// @param why it does not come; empty where it does, or where nobody answers such a call
    public void called(EndpointId device, WirePlace place, String what, Optional<String> why) {
        Passage passage =
                passage(Kind.CALLED, Optional.of(device), Direction.OUT, place, 0, new Passage.Said(what), why);
        shelf(device).keep(device, passage);
        tell(passage);
    }

    /// So many were turned away at once: one line, whoever they are.
    public void crowd(WirePlace place, long howMany, String why) {
        String sentence = howMany + (howMany == 1 ? " connection was " : " connections were ") + why;
        refusedAtTheDoor(place, Optional.empty(), sentence);
        refusedPeers.note(place, Optional.empty(), why, clock.instant(), howMany);
    }

    /// Counts somebody among those who were refused.
    public void count(WirePlace place, Optional<EndpointId> device, String why) {
        refusedPeers.note(place, device, why, clock.instant(), 1);
    }

    private Passage passage(
            Kind kind,
            Optional<EndpointId> device,
            Direction direction,
            WirePlace place,
            int bytes,
            Passage.Content content,
            Optional<String> refused) {
        return new Passage(
                        seq.incrementAndGet(), clock.instant(), kind, device, direction, place, bytes, content, refused)
                .within(Limits.WIRE_RECORD_BYTES);
    }

    /// What a stranger sends under the name of a device takes no room from the device's own.
    private void keepRefused(Optional<EndpointId> admitted, Passage passage) {
        Passage kept = passage.kept();
        if (admitted.isPresent() && admitted.equals(passage.device())) {
            shelf(admitted.get()).keep(admitted.get(), kept);
        } else {
            refusals.keep(kept);
        }
        tell(passage);
    }

    private void tell(Passage passage) {
        if (observers.wantsWire()) {
            observers.wire(passage.device(), passage.weight(), () -> seen(passage));
        }
    }

    // ---- looking

    /// The last of what passed, oldest first.
    ///
    /// @param device empty for everything
    /// @param most how many at most
    public List<WireRecord> recent(Optional<EndpointId> device, int most) {
        Stream<Passage> own = device.isPresent()
                ? shelf(device.get()).of(device.get()).stream()
                : Arrays.stream(shelves).flatMap(shelf -> shelf.all().stream());
        Stream<Passage> doorstep = Stream.concat(refusals.all().stream(), openings.all().stream())
                .filter(each -> device.isEmpty() || each.device().equals(device));
        List<Passage> newest = new ArrayList<>(Stream.concat(own, doorstep)
                .sorted(Comparator.comparingLong(Passage::seq).reversed())
                .limit(most)
                .toList());
        return newest.reversed().stream().map(this::seen).toList();
    }

    /// Who was refused since the start, the last first.
    public List<RefusedPeer> refusedPeers() {
        return refusedPeers.list();
    }

    /// Forgets what a device sent.
    public void forget(EndpointId device) {
        shelf(device).forget(device);
        refusedPeers.forget(device);
    }

    private WireRecord seen(Passage passage) {
        SecretParameters own = secrets.of(passage.device());
        Set<String> written = new HashSet<>();
        if (passage.direction() == Direction.IN && passage.device().isPresent()) {
            for (Passage before :
                    shelf(passage.device().get()).of(passage.device().get())) {
                if (before.isWrite()) {
                    own = written(before, own, written) ? own : SecretParameters.EVERYTHING;
                }
            }
        }
        return WireView.of(passage, own, written);
    }

    /// Adds the secrets that we wrote to a device, which it may repeat in what it answers and tells.
    ///
    /// @return whether they could be found out: a write too large to be kept is not known any more
    private static boolean written(Passage write, SecretParameters own, Set<String> secrets) {
        Masking masking = new Masking(own, Set.of());
        switch (write.content()) {
            case Passage.Decoded decoded -> decoded.message().ifPresent(message -> masking.of(message.body()));
            case Passage.Enveloped(Envelope envelope) -> {
                Envelope _ = new MaskedEnvelope(masking).of(envelope);
            }
            case Passage.Brief _, Passage.Unreadable _, Passage.Said _ -> {
                return false;
            }
        }
        secrets.addAll(masking.found());
        return true;
    }

    private WireShelf shelf(EndpointId device) {
        return shelves[Math.floorMod(device.hashCode(), SHELVES)];
    }

    /// Memory that the kept Records of devices take, in bytes as far as we can tell.
    long weight() {
        return Arrays.stream(shelves).mapToLong(WireShelf::weight).sum();
    }
}
