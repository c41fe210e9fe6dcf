// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.mtp.discovery.UspService;
import dev.pharos.mtp.discovery.dns.AnnouncedRecords.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Answers for our services on one network, by RFC 6762: asks whether their names are free, tells that they are
/// there, answers questions, defends the names, and takes leave. Who loses a name falls silent, since an endpoint
/// has but one Endpoint ID (R-DIS.8).
final class MulticastResponder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastResponder.class);
    private static final int CLASS = 0x7FFF;
    private static final int UNICAST_WANTED = 0x8000;

    private final MulticastChannel channel;
    private final Map<UspService, AnnouncedRecords> probed = new EnumMap<>(UspService.class);
    private final Map<UspService, AnnouncedRecords> live = new EnumMap<>(UspService.class);
    private final Map<String, Long> toldAt = new HashMap<>();
    private boolean closed;

    private MulticastResponder(MulticastChannel channel) {
        this.channel = channel;
    }

    /// @param own addresses of this host on one network and of one address family
    /// @throws IOException where nothing can be heard or sent there
    static MulticastResponder on(List<InetAddress> own) throws IOException {
        MulticastResponder responder = new MulticastResponder(MulticastChannel.open(own));
        Thread.ofVirtual().name("mdns " + own).start(responder::listen);
        return responder;
    }

    /// Announces a service, in place of what was announced for it before.
    ///
    /// @throws IOException saying why it cannot be announced
    void announce(Advertisement advertisement) throws IOException {
        AnnouncedRecords records = new AnnouncedRecords(advertisement, channel.own());
        boolean known;
        synchronized (this) {
            if (closed) {
                return;
            }
            AnnouncedRecords before = live.get(advertisement.service());
            known = before != null && before.instance().equals(records.instance());
            (known ? live : probed).put(advertisement.service(), records);
        }
        Thread.ofVirtual().name("mdns " + advertisement.service()).start(() -> {
            try {
                if (known || isFree(records)) {
                    tell(records);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    // ---- the way to a name (sections 8.1 to 8.3)

    private boolean isFree(AnnouncedRecords records) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(Limits.PROBE_PAUSE.toMillis()));
        for (int i = 0; i < Limits.PROBES; i++) {
            Message probe = new Message(0);
            for (Name name : new LinkedHashSet<>(List.of(records.instance(), records.host()))) {
                probe.addRecord(Record.newRecord(name, Type.ANY, DClass.IN | UNICAST_WANTED), Section.QUESTION);
            }
            records.own(Form.PROPOSED).forEach(record -> probe.addRecord(record, Section.AUTHORITY));
            if (!isProbed(records)) {
                return false;
            }
            send(probe);
            Thread.sleep(Limits.PROBE_PAUSE);
        }
        synchronized (this) {
            UspService service = records.advertisement().service();
            return probed.remove(service, records) && live.put(service, records) == null;
        }
    }

    private synchronized boolean isProbed(AnnouncedRecords records) {
        return !closed && probed.get(records.advertisement().service()) == records;
    }

    private void tell(AnnouncedRecords records) throws InterruptedException {
        for (int i = 0; i < Limits.ANNOUNCEMENTS; i++) {
            synchronized (this) {
                if (closed || live.get(records.advertisement().service()) != records) {
                    return;
                }
                send(answer(records.all(Form.TOLD)));
            }
            if (i == 0) {
                LOG.info(
                        "announced by mDNS on {}: {} on port {}",
                        channel.description(),
                        records.advertisement()
                                .service()
                                .instance(records.advertisement().endpointId(), "local"),
                        records.advertisement().place().port());
            }
            Thread.sleep(Limits.ANNOUNCEMENT_PAUSE);
        }
    }

    // ---- what others say

    private void listen() {
        while (true) {
            Optional<MulticastChannel.Heard> heard;
            try {
                heard = channel.receive();
            } catch (IOException gone) {
                synchronized (this) {
                    if (!closed) {
                        LOG.warn("mDNS does not answer any more on {}: {}", channel.description(), gone.getMessage());
                    }
                }
                return;
            }
            try {
                if (heard.isEmpty()) {
                    continue;
                }
                if (heard.get().message().getHeader().getFlag(Flags.QR)) {
                    said(heard.get().message());
                } else {
                    asked(heard.get().message(), heard.get().from());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Somebody says what is where: where that is a name of ours and something else, there are two of us.
    private synchronized void said(Message message) {
        List<Record> records = new ArrayList<>(message.getSection(Section.ANSWER));
        records.addAll(message.getSection(Section.ADDITIONAL));
        for (Map<UspService, AnnouncedRecords> ours : List.of(probed, live)) {
            ours.values().removeIf(one -> {
                boolean lost = records.stream().anyMatch(record -> record.getTTL() > 0 && contradicts(one, record));
                if (lost) {
                    LOG.error(
                            "another endpoint on this network announces {}; ours is not announced, give one of them"
                                    + " another Endpoint ID",
                            one.advertisement().endpointId());
                }
                return lost;
            });
        }
    }

    private boolean contradicts(AnnouncedRecords ours, Record theirs) {
        List<Record> same = ours.own(Form.PROPOSED).stream()
                .filter(record ->
                        record.getType() == theirs.getType() && record.getName().equals(theirs.getName()))
                .toList();
        return !same.isEmpty()
                && same.stream().noneMatch(record -> Arrays.equals(content(record), content(theirs)))
                && !channel.isOwnAddress(theirs);
    }

    private static byte[] content(Record record) {
        return record.rdataToWireCanonical();
    }

    private void asked(Message question, InetSocketAddress from) throws InterruptedException {
        boolean legacy = from.getPort() != MulticastChannel.PORT;
        boolean unicast = legacy;
        Set<Record> answers = new LinkedHashSet<>();
        Set<Record> alongside = new LinkedHashSet<>();
        synchronized (this) {
            yieldTo(question);
            for (Record asked : question.getSection(Section.QUESTION)) {
                unicast |= (asked.getDClass() & UNICAST_WANTED) != 0;
                live.values().forEach(ours -> answerTo(asked, ours, legacy, answers, alongside));
            }
        }
        if (!legacy) {
            question.getSection(Section.ANSWER).forEach(known -> answers.removeIf(ours -> isKnown(ours, known)));
            if (!unicast) {
                answers.removeIf(this::toldJustNow);
            }
        }
        if (answers.isEmpty()) {
            return;
        }
        alongside.removeAll(answers);
        Message answer = answer(new ArrayList<>(answers));
        alongside.forEach(record -> answer.addRecord(record, Section.ADDITIONAL));
        if (legacy) {
            answer.getHeader().setID(question.getHeader().getID());
            question.getSection(Section.QUESTION).forEach(asked -> answer.addRecord(asked, Section.QUESTION));
        }
        if (unicast) {
            channel.send(answer, from);
        } else {
            // others may answer the same question at this moment (section 6)
            Thread.sleep(ThreadLocalRandom.current().nextLong(Limits.ANSWER_PAUSE.toMillis()));
            send(answer);
        }
    }

    private static void answerTo(
            Record asked, AnnouncedRecords ours, boolean legacy, Set<Record> answers, Set<Record> alongside) {
        int type = asked.getType();
        for (Record record : ours.all(legacy ? Form.LEGACY : Form.TOLD)) {
            boolean fits = record.getName().equals(asked.getName())
                    && (type == record.getType() || type == Type.ANY)
                    && (asked.getDClass() & CLASS) == DClass.IN;
            if (fits) {
                answers.add(record);
                if (record.getType() == Type.PTR && !record.getName().equals(ours.instance())) {
                    alongside.addAll(ours.own(legacy ? Form.LEGACY : Form.TOLD));
                } else if (record.getType() == Type.SRV) {
                    alongside.addAll(ours.hosts(legacy ? Form.LEGACY : Form.TOLD));
                }
            }
        }
    }

    /// Whether who asks knows it already and for long enough (section 7.1).
    private static boolean isKnown(Record ours, Record known) {
        return ours.getType() == known.getType()
                && ours.getName().equals(known.getName())
                && known.getTTL() >= ours.getTTL() / 2
                && Arrays.equals(content(ours), content(known));
    }

    /// What everybody has just heard is not said again at once (section 6).
    private synchronized boolean toldJustNow(Record record) {
        long now = System.nanoTime();
        String key = record.getName() + " " + record.getType() + " " + record.rdataToString();
        Long before = toldAt.get(key);
        if (before != null && now - before < Duration.ofSeconds(1).toNanos()) {
            return true;
        }
        if (toldAt.size() >= Limits.MULTICAST_ANSWERS) {
            toldAt.clear();
        }
        toldAt.put(key, now);
        return false;
    }

    /// Of two who want a name at the same moment, the one with the lesser records tries again when the other has
    /// it (section 8.2), and so learns that it is taken.
    private void yieldTo(Message probe) {
        List<Record> proposed = probe.getSection(Section.AUTHORITY);
        Set<AnnouncedRecords> again = new HashSet<>();
        for (AnnouncedRecords ours : probed.values()) {
            Map<Integer, Record> own = new LinkedHashMap<>();
            ours.own(Form.PROPOSED).forEach(record -> own.putIfAbsent(record.getType(), record));
            for (Record theirs : proposed) {
                Record mine = own.get(theirs.getType());
                if (mine != null
                        && mine.getName().equals(theirs.getName())
                        && Arrays.compareUnsigned(content(mine), content(theirs)) < 0) {
                    again.add(ours);
                }
            }
        }
        for (AnnouncedRecords ours : again) {
            UspService service = ours.advertisement().service();
            probed.remove(service, ours);
            Thread.ofVirtual().name("mdns again " + service).start(() -> {
                try {
                    Thread.sleep(Limits.ANNOUNCEMENT_PAUSE);
                    announce(ours.advertisement());
                } catch (IOException unusable) {
                    LOG.warn("not announced: {}", unusable.getMessage());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static Message answer(List<Record> records) {
        Message answer = new Message(0);
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        records.forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer;
    }

    private void send(Message message) {
        channel.send(message, channel.everybody());
    }

    /// Takes leave and stops. Idempotent.
    @Override
    public void close() {
        List<Record> goodbye = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            live.values().forEach(ours -> goodbye.addAll(ours.all(Form.GOODBYE)));
            probed.clear();
        }
        if (!goodbye.isEmpty()) {
            send(answer(goodbye));
        }
        channel.close();
    }
}
