// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.server.store.FileRequestStore;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.server.store.FileRequestStore.State;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.util.UUID;

/// How requests for files end, and how those look that are ours. Thread-safe.
record FileEnds(FileRequestStore requests, Clock clock) {
    /// How the keys begin that come back to us.
    private static final String KEY = "file-";

    /// The same of diagnostics, of which some bring a file.
    private static final String DIAGNOSTIC_KEY = "diagnostic-";

    /// Of a key, which has up to 32 characters over TR-069.
    private static final int KEY_CHARACTERS = 32;

    /// For a new request.
    static String key() {
        return (KEY + UUID.randomUUID().toString().replace("-", "")).substring(0, KEY_CHARACTERS);
    }

    static boolean isOurs(String key) {
        return key.startsWith(KEY) || key.startsWith(DIAGNOSTIC_KEY);
    }

    /// What a device says of the end counts only where no file has come: one that is here is here.
    ///
    /// @param fault empty where it says that it is done
    void end(EndpointId device, String key, String fault) {
        boolean upload =
                requests.find(key).map(request -> request.action().isUpload()).orElse(false);
        String why = fault.isEmpty() && upload ? "the device says that it is done, but no file came" : fault;
        requests.end(device, key, why.isEmpty() ? State.COMPLETE : State.FAILED, clock.instant(), why);
    }

    /// Notes why nothing has come of it yet.
    void delayed(String key, String why) {
        requests.find(key).map(FileRequest::id).ifPresent(id -> requests.tried(id, why));
    }
}
