// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Frozen;
import dev.pharos.usp.record.UspRecord;
import java.util.ArrayList;
import java.util.List;

/// What a session wants done after something happened: Records to send, in this order, and what there is to
/// know.
public record SessionStep(List<UspRecord> records, List<SessionEvent> events) {
    public SessionStep {
        records = Frozen.list(records);
        events = Frozen.list(events);
    }

    /// The Messages that arrived.
    public List<Bytes> messages() {
        List<Bytes> messages = new ArrayList<>();
        for (SessionEvent event : events) {
            if (event instanceof SessionEvent.Delivered(Bytes message)) {
                messages.add(message);
            }
        }
        return messages;
    }

    /// A step while it is being made.
    static final class Draft {
        private final List<UspRecord> records = new ArrayList<>(1);
        private final List<SessionEvent> events = new ArrayList<>(1);

        void send(UspRecord record) {
            records.add(record);
        }

        void note(SessionEvent event) {
            events.add(event);
        }

        void ignored(String reason) {
            events.add(new SessionEvent.Ignored(reason));
        }

        SessionStep done() {
            return new SessionStep(records, events);
        }
    }
}
