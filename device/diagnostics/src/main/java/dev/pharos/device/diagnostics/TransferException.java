// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

/// A transfer that did not work out, with the status that says so.
final class TransferException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String status;

    TransferException(String status) {
        super(status, null, false, false);
        this.status = status;
    }

    /// One of DownloadDiagnostics() and UploadDiagnostics().
    String status() {
        return status;
    }
}
