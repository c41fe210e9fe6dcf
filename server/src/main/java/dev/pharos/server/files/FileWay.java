// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.controller.peer.CallException;
import dev.pharos.server.files.DeviceFiles.NotNowException;
import java.time.Duration;

/// How devices of one protocol are told what to do with a file.
sealed interface FileWay permits FilesOverUsp, FilesOverTr069 {
    /// How long a link is good that a device gets so.
    Duration life();

    /// Tells a device. How it stands then is kept with the request.
    ///
    /// @throws CallException where it has not begun
    /// @throws NotNowException where it cannot even be asked
    void ask(FileOrder order) throws CallException, NotNowException;
}
