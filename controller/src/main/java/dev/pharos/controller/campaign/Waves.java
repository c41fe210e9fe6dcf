// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.usp.Frozen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the devices of a campaign are split: `1%, 10%, rest`.
///
/// @param sizes 1 to [Limits#WAVES]
public record Waves(List<Size> sizes) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})|([0-9]{1,3}(?:\\.[0-9]{1,2})?) ?%|(rest)");
    private static final String ALLOWED = "each is a number of devices, a share such as 10%, or, as the last, \"rest\"";

    public Waves {
        sizes = Frozen.list(sizes);
    }

    /// How many devices a wave has.
    public sealed interface Size {

        /// So many.
        record Count(int devices) implements Size {
            @Override
            public String toString() {
                return Integer.toString(devices);
            }
        }

        /// Of all devices of the campaign, rounded, at least one.
        ///
        /// @param percent more than 0, at most 100, with two decimals
        record Share(BigDecimal percent) implements Size {
            @Override
            public String toString() {
                return percent.stripTrailingZeros().toPlainString() + "%";
            }
        }

        /// All that are left.
        record Rest() implements Size {
            @Override
            public String toString() {
                return "rest";
            }
        }
    }

    /// @throws RefusedException where these are no waves, or do not cover all devices whatever their number
    public static Waves parse(List<String> texts) throws RefusedException {
        if (texts.isEmpty() || texts.size() > Limits.WAVES) {
            throw new RefusedException("must be 1 to " + Limits.WAVES + " waves: " + ALLOWED);
        }
        List<Size> sizes = new ArrayList<>();
        for (String text : texts) {
            sizes.add(size(text.strip().toLowerCase(Locale.ROOT)));
        }
        Waves waves = new Waves(sizes);
        waves.check();
        return waves;
    }

    private static Size size(String text) throws RefusedException {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new RefusedException("has \"" + text + "\", which is no size of a wave: " + ALLOWED);
        }
        if (size.group(3) != null) {
            return new Size.Rest();
        }
        if (size.group(2) != null) {
            BigDecimal percent = new BigDecimal(size.group(2));
            if (percent.signum() == 0 || percent.compareTo(new BigDecimal(100)) > 0) {
                throw new RefusedException("has " + text + ": a share is more than 0% and at most 100%");
            }
            return new Size.Share(percent);
        }
        int devices = Integer.parseInt(text);
        if (devices == 0) {
            throw new RefusedException("has a wave of 0 devices: " + ALLOWED);
        }
        return new Size.Count(devices);
    }

    private void check() throws RefusedException {
        BigDecimal percent = BigDecimal.ZERO;
        boolean onlyShares = true;
        for (int i = 0; i < sizes.size(); i++) {
            switch (sizes.get(i)) {
                case Size.Rest _ -> {
                    if (i < sizes.size() - 1) {
                        throw new RefusedException(
                                "has \"rest\" before its end: nothing is left for the waves after it");
                    }
                    onlyShares = false;
                }
                case Size.Share(BigDecimal share) -> percent = percent.add(share);
                case Size.Count _ -> onlyShares = false;
            }
        }
        String sum = percent.stripTrailingZeros().toPlainString() + "%";
        boolean hasRest = sizes.getLast() instanceof Size.Rest;
        if (percent.compareTo(new BigDecimal(100)) > 0 || (hasRest && percent.compareTo(new BigDecimal(100)) == 0)) {
            throw new RefusedException("has shares that add up to " + sum
                    + (hasRest ? ", and \"rest\" beside them" : "") + ": that is more than there is");
        }
        if (!hasRest && (!onlyShares || percent.compareTo(new BigDecimal(100)) < 0)) {
            throw new RefusedException(
                    "does not say what becomes of all devices: the last wave must be \"rest\", or all"
                            + " must be shares that add up to 100%" + (onlyShares ? ", not " + sum : ""));
        }
    }

    /// The sizes for so many devices, each at least 1, which add up to them.
    ///
    /// @throws RefusedException where a wave would be empty
    public List<Integer> of(int devices) throws RefusedException {
        List<Integer> counts = new ArrayList<>();
        int left = devices;
        for (int i = 0; i < sizes.size(); i++) {
            int count = i == sizes.size() - 1 ? left : wanted(sizes.get(i), devices);
            left -= count;
            if (count < 1 || left < sizes.size() - 1 - i) {
                throw new RefusedException(String.format(
                        Locale.ROOT,
                        "do not fit %,d device%s: %s would leave a wave without any; take fewer or smaller waves",
                        devices,
                        devices == 1 ? "" : "s",
                        this));
            }
            counts.add(count);
        }
        return counts;
    }

    private static int wanted(Size size, int devices) {
        return switch (size) {
            case Size.Count(int count) -> count;
            case Size.Share(BigDecimal percent) -> Math.max(1, (int) Math.round(devices * percent.doubleValue() / 100));
            case Size.Rest _ -> devices;
        };
    }

    @Override
    public String toString() {
        return sizes.stream().map(Size::toString).collect(Collectors.joining(", "));
    }
}
