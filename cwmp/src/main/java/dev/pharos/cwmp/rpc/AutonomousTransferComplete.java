// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Tells how a transfer that the ACS has not asked for has ended.
///
/// @param announceUrl where the device has learned of the file, empty where nowhere
/// @param transferUrl from or to where it was transferred
public record AutonomousTransferComplete(
        String announceUrl,
        String transferUrl,
        boolean isDownload,
        String fileType,
        TargetFile target,
        TransferOutcome outcome)
        implements CpeRequest<AutonomousTransferCompleteResponse> {
    @Override
    public String method() {
        return "AutonomousTransferComplete";
    }

    @Override
    public Class<AutonomousTransferCompleteResponse> responseType() {
        return AutonomousTransferCompleteResponse.class;
    }
}
