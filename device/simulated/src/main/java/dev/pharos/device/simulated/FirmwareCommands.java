// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.simulated.FirmwareBank.Image;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Download() and Activate() of a firmware image. Nothing is fetched: what happens follows from the arguments
/// alone, but takes its time.
///
/// A host name under `.invalid` cannot be resolved and a check sum of zeros never matches, so that failures
/// can be tried.
final class FirmwareCommands {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "ftps", "sftp");
    private static final Pattern VERSION = Pattern.compile("[0-9]+(?:[.][0-9]+)+(?:-[A-Za-z]+[0-9]*)?");
    private static final Map<String, Integer> DIGITS =
            Map.of("SHA-1", 40, "SHA-224", 56, "SHA-256", 64, "SHA-384", 96, "SHA-512", 128);
    private static final int LONGEST_NAME = 64;
    private static final String FIRST_WINDOW = "TimeWindow.1.";

    private final FirmwareBank bank;
    private final Runnable publish;
    private final IntConsumer restartInto;
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    /// @param publish makes the data model say what the bank holds
    /// @param restartInto has the gateway reboot soon, with the image of this number
    FirmwareCommands(FirmwareBank bank, Runnable publish, IntConsumer restartInto) {
        this.bank = bank;
        this.publish = publish;
        this.restartInto = restartInto;
    }

    Map<String, String> download(CommandCall call) throws InterruptedException {
        int slot = slot(call);
        URI url = url(call.input("URL", ""));
        checkSumForm(call);
        if (bank.isActive(slot)) {
            throw failure("the running image is not overwritten");
        }
        if (!busy.add(slot)) {
            throw failure("a download into this image is under way");
        }
        Image before = bank.image(slot);
        boolean finished = false;
        try {
            transfer(call, slot, url);
            finished = true;
        } catch (InterruptedException cancelled) {
            show(slot, before);
            finished = true;
            throw cancelled;
        } finally {
            busy.remove(slot);
            if (!finished) {
                publish.run();
            }
        }
        if (call.input("AutoActivate", "false").equals("true")) {
            restartInto.accept(slot);
        }
        return Map.of();
    }

    Map<String, String> activate(CommandCall call) throws InterruptedException {
        int slot = slot(call);
        boolean allowed =
                call.object().value("Available").filter("true"::equals).isPresent();
        if (!bank.isActive(slot) && (!bank.image(slot).status().equals(FirmwareBank.AVAILABLE) || !allowed)) {
            throw failure("the image is " + (allowed ? bank.image(slot).status() : "marked as not available"));
        }
        Thread.sleep(beforeWindow(call));
        if (!bank.isActive(slot)) {
            restartInto.accept(slot);
        }
        return Map.of();
    }

    private void transfer(CommandCall call, int slot, URI url) throws InterruptedException {
        String path = url.getPath() == null ? "" : url.getPath();
        String file = path.substring(path.lastIndexOf('/') + 1);
        String name = file.substring(0, Math.min(file.length(), LONGEST_NAME));
        show(slot, new Image(name, "", "Downloading"));
        Thread.sleep(duration(call));
        if (url.getHost().endsWith(".invalid")) {
            bank.put(slot, new Image(name, "", "DownloadFailed"));
            throw failure("cannot resolve " + url.getHost());
        }
        show(slot, new Image(name, "", "Validating"));
        Thread.sleep(Limits.VALIDATION);
        String sum = call.input("CheckSum", "");
        if (!sum.isEmpty() && sum.chars().allMatch(digit -> digit == '0')) {
            bank.put(slot, new Image(name, "", "ValidationFailed"));
            throw failure("the check sum does not match");
        }
        Matcher version = VERSION.matcher(name);
        show(slot, new Image(name, version.find() ? version.group() : name, FirmwareBank.AVAILABLE));
    }

    private void show(int slot, Image image) {
        bank.put(slot, image);
        publish.run();
    }

    private static Duration duration(CommandCall call) {
        long bytes = Long.parseLong(call.input("FileSize", "0"));
        Duration duration =
                Duration.ofMillis((bytes == 0 ? Limits.IMAGE_BYTES : bytes) * 1_000 / Limits.BYTES_PER_SECOND);
        return duration.compareTo(Limits.LONGEST_DOWNLOAD) > 0 ? Limits.LONGEST_DOWNLOAD : duration;
    }

    private static URI url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException wrong) {
            throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "URL: " + wrong.getMessage());
        }
        if (url.getScheme() == null || !SCHEMES.contains(url.getScheme())) {
            throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "URL: its scheme is none of " + SCHEMES);
        }
        if (url.getHost() == null) {
            throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "URL: it names no host");
        }
        return url;
    }

    private static void checkSumForm(CommandCall call) {
        String sum = call.input("CheckSum", "");
        Integer digits = DIGITS.get(call.input("CheckSumAlgorithm", "SHA-256"));
        if (!sum.isEmpty() && (digits == null || digits != sum.length())) {
            throw new UspException(
                    StandardErrorCode.INVALID_ARGUMENTS, "CheckSum: not as long as its algorithm makes it");
        }
    }

    /// How long to wait for the first time window; others would only matter if the first attempt failed.
    private static Duration beforeWindow(CommandCall call) {
        if (!call.inputs().containsKey(FIRST_WINDOW + "Start")) {
            return Duration.ZERO;
        }
        Duration start = Duration.ofSeconds(Long.parseLong(call.input(FIRST_WINDOW + "Start", "0")));
        Duration end = Duration.ofSeconds(Long.parseLong(call.input(FIRST_WINDOW + "End", "0")));
        if (end.compareTo(start) < 0 || start.compareTo(Limits.FURTHEST_WINDOW) > 0) {
            throw new UspException(
                    StandardErrorCode.INVALID_ARGUMENTS, "TimeWindow.1. ends before it starts, or starts too late");
        }
        return switch (call.input(FIRST_WINDOW + "Mode", "")) {
            case "AnyTime", "Immediately", "WhenIdle" -> start;
            case "ConfirmationNeeded" -> throw failure("there is nobody to confirm");
            default -> throw new UspException(StandardErrorCode.INVALID_ARGUMENTS, "TimeWindow.1.Mode: not a mode");
        };
    }

    private static int slot(CommandCall call) {
        return (int) call.object().instanceNumber().orElseThrow();
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
