// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.peer;

import dev.pharos.agent.config.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.message.MessageId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The last answers to requests that change something, so that a request which comes again, byte for byte, is
/// answered again and not carried out again. Guarded by its [ControllerPeer].
final class AnswerCache {
    private final Map<MessageId, Answered> answers = new LinkedHashMap<>(1);

    /// @param requestHash of the whole message, since a controller that restarts may use its ids anew for
    ///     something else
    /// @param answer empty where there was none, or where it was too large to keep
    private record Answered(int requestHash, Bytes answer, Instant until) {}

    /// What this request was answered; null where it is new.
    @Nullable
    Bytes find(MessageId id, Bytes request, Instant now) {
        answers.values().removeIf(answered -> answered.until().isBefore(now));
        Answered answered = answers.get(id);
        return answered != null && answered.requestHash() == request.hashCode() ? answered.answer() : null;
    }

    void keep(MessageId id, Bytes request, Bytes answer, Instant now) {
        if (answers.size() >= Limits.ANSWERS_KEPT) {
            answers.remove(answers.keySet().iterator().next());
        }
        Bytes kept = answer.size() <= Limits.ANSWER_KEPT_BYTES ? answer : Bytes.EMPTY;
        answers.put(id, new Answered(request.hashCode(), kept, now.plus(Limits.ANSWER_KEPT_FOR)));
    }
}
