// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.peer;

import dev.pharos.usp.message.MessageId;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes `msg_id`s that nobody can guess, so that no peer can answer for another, and that never repeat
/// (R-MSG.8).
final class MessageIds {
    /// 128 bits: unguessable, and unique without a register.
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    MessageId next() {
        byte[] content = new byte[BYTES];
        random.nextBytes(content);
        return new MessageId(Base64.getUrlEncoder().withoutPadding().encodeToString(content));
    }
}
