// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be done with an alarm, by what is asked.
///
/// @param to who looks after it (assign); empty for nobody
/// @param minutes for how long it is muted, to 43200 (mute); 0 to hear of it again
/// @param text what there is to say of it, 2000 characters at most (note)
public record AlarmMove(
        @Nullable String to,
        @Nullable Integer minutes,
        @Nullable String text) {
    private static final int NAME = 60;
    private static final int MONTH = 43_200;
    private static final int TEXT = 2_000;

    public String checkedTo() {
        return Fields.atMost("to", to, NAME).strip();
    }

    public Optional<Duration> checkedMinutes() {
        if (minutes == null) {
            throw new BadRequestException("minutes", "must be 0 to " + MONTH);
        }
        int asked = Fields.within("minutes", minutes, 0, MONTH);
        return asked == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(asked));
    }

    public String checkedText() {
        return Fields.atMost("text", Fields.text("text", text), TEXT);
    }
}
