// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.usp.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.elements.EndpointContext;
import org.jspecify.annotations.Nullable;

/// Sends one Record to a peer's resource, in blocks where it is larger than one (RFC 7959). All its blocks have the
/// same token and the same query, without which older peers do not put them together. On the socket's thread.
final class RecordTransfer {
    private final CoapSocket socket;
    private final Target target;
    private final Bytes record;
    private final Consumer<Optional<String>> done;
    private int exponent = Limits.BLOCK_EXPONENT;
    private int offset;
    private int retries;
    private boolean restarted;
    private boolean over;
    private @Nullable Token token;
    private @Nullable Ask asking;

    /// @param context the socket of the peer, and in DTLS the session with it
    /// @param resource the peer's
    /// @param replyTo where we are answered
    record Target(EndpointContext context, CoapUri resource, CoapUri replyTo) {
        Request request(Code code) {
            Request request = new Request(code, CoAP.Type.CON);
            request.setDestinationContext(context);
            resource.path().forEach(request.getOptions()::addUriPath);
            return request;
        }
    }

    private RecordTransfer(CoapSocket socket, Target target, Bytes record, Consumer<Optional<String>> done) {
        this.socket = socket;
        this.target = target;
        this.record = record;
        this.done = done;
    }

    /// @param done told once: nothing where the peer has taken it, else why not
    static RecordTransfer start(CoapSocket socket, Target target, Bytes record, Consumer<Optional<String>> done) {
        RecordTransfer transfer = new RecordTransfer(socket, target, record, done);
        transfer.sendBlock();
        return transfer;
    }

    /// Nothing more is told.
    void cancel() {
        over = true;
        if (asking != null) {
            asking.cancel();
        }
    }

    private boolean inBlocks() {
        return record.size() > Limits.BLOCK_BYTES || exponent < Limits.BLOCK_EXPONENT;
    }

    private int blockBytes() {
        return 16 << exponent;
    }

    private void sendBlock() {
        if (over) {
            return;
        }
        int end = Math.min(record.size(), offset + blockBytes());
        Request request = target.request(Code.POST);
        request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_OCTET_STREAM);
        request.getOptions().addUriQuery(ReplyTo.option(target.replyTo()));
        if (inBlocks()) {
            request.getOptions().setBlock1(exponent, end < record.size(), offset / blockBytes());
            if (offset == 0) {
                request.getOptions().setSize1(record.size());
            }
        }
        request.setPayload(record.slice(offset, end).toByteArray());
        if (token != null) {
            request.setToken(token);
        }
        asking = Ask.send(socket, request, result -> told(request, end, result));
    }

    private void told(Request request, int end, Ask.Result result) {
        token = request.getToken();
        switch (result) {
            case Ask.Result.Failed(String reason) -> finish(Optional.of(reason));
            case Ask.Result.Answered(Response response) -> answered(response, end);
        }
    }

    private void answered(Response response, int end) {
        ResponseCode code = response.getCode();
        if (code.isSuccess()) {
            retries = 0;
            offset = end;
            if (offset >= record.size()) {
                finish(Optional.empty());
            } else {
                smaller(response);
                sendBlock();
            }
        } else if (code == ResponseCode.REQUEST_ENTITY_TOO_LARGE && offset == 0 && smaller(response)) {
            sendBlock();
        } else if (code == ResponseCode.REQUEST_ENTITY_INCOMPLETE && inBlocks() && !restarted) {
            // It has lost the blocks before, as one that has just restarted.
            restarted = true;
            offset = 0;
            sendBlock();
        } else if (code == ResponseCode.SERVICE_UNAVAILABLE && retries < Limits.RETRIES) {
            retries++;
            long wait = Math.min(
                    Limits.LONGEST_RETRY_SECONDS,
                    Math.max(1, response.getOptions().getMaxAge()));
            var _ = socket.schedule(this::sendBlock, Duration.ofSeconds(wait));
        } else {
            finish(Optional.of("it answered " + Texts.of(code) + " to a record"));
        }
    }

    /// Takes over a block size that the peer likes better, which may only be a smaller one.
    private boolean smaller(Response response) {
        BlockOption wanted = response.getOptions().getBlock1();
        if (wanted == null || wanted.getSzx() >= exponent) {
            return false;
        }
        exponent = wanted.getSzx();
        return true;
    }

    private void finish(Optional<String> failure) {
        if (!over) {
            over = true;
            done.accept(failure);
        }
    }
}
