// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.GetQueuedTransfersResponse;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.TransferState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Transfers that a device of TR-069 is yet to do.
///
/// @param all whether those are among them that others have ordered, which older devices do not say
public record QueuedTransfers(List<Transfer> items, boolean all) {

    /// @param key by which it is cancelled (CommandKey); empty where the ACS has not ordered it
    /// @param kind `download` or `upload`; left out, as what follows, where an older device does not say it
    /// @param size in bytes; 0 where it is not known
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Transfer(
            String key,

            @Schema(allowableValues = {"waiting", "running", "done"})
            String state,

            @Schema(allowableValues = {"download", "upload"}) @Nullable
            String kind,

            @Nullable String fileType,
            @Nullable Long size,
            @Nullable String name) {}

    public static QueuedTransfers of(Response answer) {
        return switch (answer) {
            case GetAllQueuedTransfersResponse all ->
                new QueuedTransfers(
                        all.transferList().stream().map(QueuedTransfers::of).toList(), true);
            case GetQueuedTransfersResponse own ->
                new QueuedTransfers(
                        own.transferList().stream()
                                .map(each ->
                                        new Transfer(each.commandKey(), words(each.state()), null, null, null, null))
                                .toList(),
                        false);
            default -> throw new IllegalArgumentException("no queued transfers: " + answer.method());
        };
    }

    private static Transfer of(AnyQueuedTransfer each) {
        return new Transfer(
                each.transfer().commandKey(),
                words(each.transfer().state()),
                each.isDownload() ? "download" : "upload",
                each.fileType(),
                each.target().fileSize(),
                each.target().targetFileName());
    }

    private static String words(TransferState state) {
        return switch (state) {
            case NOT_YET_STARTED -> "waiting";
            case IN_PROGRESS -> "running";
            case COMPLETED -> "done";
        };
    }
}
