// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a campaign stops at once, in the middle of a wave.
public sealed interface ErrorLimit {
    Pattern TEXT = Pattern.compile("([0-9]{1,6})|([0-9]{1,3}(?:\\.[0-9]{1,2})?) ?%");

    /// So many devices of the wave have failed.
    record Count(int devices) implements ErrorLimit {
        @Override
        public String toString() {
            return Integer.toString(devices);
        }
    }

    /// This share of the wave's devices has failed.
    record Share(BigDecimal percent) implements ErrorLimit {
        @Override
        public String toString() {
            return percent.stripTrailingZeros().toPlainString() + "%";
        }
    }

    /// @param failed devices of the wave
    /// @param size of the wave
    default boolean isReached(long failed, int size) {
        return failed > 0
                && switch (this) {
                    case Count(int devices) -> failed >= devices;
                    case Share(BigDecimal percent) ->
                        BigDecimal.valueOf(failed * 100).compareTo(percent.multiply(BigDecimal.valueOf(size))) >= 0;
                };
    }

    /// @throws RefusedException where it is none
    static ErrorLimit parse(String text) throws RefusedException {
        Matcher limit = TEXT.matcher(text.strip());
        if (limit.matches() && limit.group(2) != null && new BigDecimal(limit.group(2)).intValue() <= 100) {
            BigDecimal percent = new BigDecimal(limit.group(2));
            if (percent.signum() > 0) {
                return new Share(percent);
            }
        } else if (limit.matches() && limit.group(1) != null && Integer.parseInt(limit.group(1)) > 0) {
            return new Count(Integer.parseInt(limit.group(1)));
        }
        throw new RefusedException("must be a number of devices, 1 and more, or a share of a wave, such as 5%");
    }
}
