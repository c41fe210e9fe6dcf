// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.usp.message.GetResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a device says of its firmware images, and of the commands that it works on.
///
/// @param running the version that runs
/// @param active the object of the image that runs, with a dot; empty where the device does not say it
/// @param images by object
/// @param keys the command keys of what it works on
record ImageShelf(String running, String active, Map<String, Map<String, String>> images, List<String> keys) {
    private static final String INFO = "Device.DeviceInfo.";
    private static final String IMAGES = INFO + "FirmwareImage.";
    private static final String REQUESTS = "Device.LocalAgent.Request.";

    static final List<String> PATHS = List.of(INFO + "SoftwareVersion", INFO + "ActiveFirmwareImage", IMAGES, REQUESTS);

    static ImageShelf of(GetResponse answer) {
        Map<String, Map<String, String>> objects = new TreeMap<>();
        answer.requestedPathResults()
                .forEach(path -> path.resolvedPathResults()
                        .forEach(object -> objects.computeIfAbsent(object.resolvedPath(), _ -> new TreeMap<>())
                                .putAll(object.resultParams())));
        Map<String, String> info = objects.getOrDefault(INFO, Map.of());
        String active = info.getOrDefault("ActiveFirmwareImage", "");
        Map<String, Map<String, String>> images = new TreeMap<>();
        objects.forEach((path, values) -> {
            if (path.startsWith(IMAGES)) {
                images.put(path, values);
            }
        });
        return new ImageShelf(
                info.getOrDefault("SoftwareVersion", ""),
                active.isEmpty() || active.endsWith(".") ? active : active + ".",
                images,
                objects.entrySet().stream()
                        .filter(object -> object.getKey().startsWith(REQUESTS))
                        .map(object -> object.getValue().getOrDefault("CommandKey", ""))
                        .toList());
    }

    boolean runs(String version) {
        return running.equals(version);
    }

    boolean isEmpty() {
        return images.isEmpty();
    }

    boolean isBusyWith(String key) {
        return keys.contains(key);
    }

    /// The image that has this version and could run.
    Optional<String> holding(String version) {
        return images.entrySet().stream()
                .filter(image -> !image.getKey().equals(active))
                .filter(image -> version.equals(image.getValue().get("Version"))
                        && "Available".equals(image.getValue().get("Status"))
                        && !"false".equals(image.getValue().get("Available")))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Where an image can be put: not over the one that runs, unless there is no other place (TR-369 has that for
    /// devices with one).
    Optional<String> place() {
        if (images.size() == 1) {
            return Optional.of(images.keySet().iterator().next());
        }
        return images.entrySet().stream()
                .filter(image -> !image.getKey().equals(active))
                .filter(image -> !List.of("Active", "Downloading", "Validating")
                        .contains(image.getValue().getOrDefault("Status", "")))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Why an image could not run, where the device says that it could not.
    Optional<String> activationFailure(String image) {
        return Optional.ofNullable(images.get(image))
                .filter(values -> "ActivationFailed".equals(values.get("Status")))
                .map(values -> values.getOrDefault("BootFailureLog", ""));
    }
}
