// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.session.SessionMode;
import dev.pharos.usp.session.SessionPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// What `--sessions` can say.
enum SessionRule {
    /// Messages travel in sessions with TLS inside, and what is not is refused.
    REQUIRE_TLS("require-tls", SessionMode.REQUIRE, PayloadSecurity.TLS12),
    REQUIRE("require", SessionMode.REQUIRE, PayloadSecurity.PLAINTEXT),
    ALLOW("allow", SessionMode.ALLOW, PayloadSecurity.PLAINTEXT),
    FORBID("forbid", SessionMode.FORBID, PayloadSecurity.PLAINTEXT);

    private final String word;
    private final SessionMode mode;
    private final PayloadSecurity security;

    SessionRule(String word, SessionMode mode, PayloadSecurity security) {
        this.word = word;
        this.mode = mode;
        this.security = security;
    }

    SessionPolicy applied(SessionPolicy policy) {
        return policy.withMode(mode).withSecurity(security);
    }

    /// Reads one of the words.
    static final class Reader implements ITypeConverter<SessionRule> {
        @Override
        public SessionRule convert(String text) {
            for (SessionRule rule : values()) {
                if (rule.word.equals(text)) {
                    return rule;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of require-tls, require, allow, forbid");
        }
    }
}
