// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.EnrolmentStore.Enrolment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a device has got a certificate from us.
///
/// @param enrolled when it got its last one; it has none where that is missing, like all that follows
/// @param bootstrap by which it came the first time; empty where it had a certificate before
/// @param serial of its certificate, hexadecimal
/// @param until when that ends
/// @param openUntil until when an operator lets it enrol once more
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnrolmentState(
        @Nullable String enrolled,
        @Nullable String bootstrap,
        @Nullable String serial,
        @Nullable String until,
        @Nullable String openUntil) {
    public static EnrolmentState of(Optional<Enrolment> last, Optional<Instant> open) {
        return new EnrolmentState(
                last.map(one -> one.enrolled().toString()).orElse(null),
                last.map(Enrolment::bootstrap).orElse(null),
                last.map(Enrolment::serial).orElse(null),
                last.map(one -> one.until().toString()).orElse(null),
                open.map(Instant::toString).orElse(null));
    }
}
