// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.enrolment;

import dev.pharos.controller.observe.WirePlace;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.mtp.tls.TlsFailure;
import dev.pharos.usp.Bytes;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a device that enrols: a request is answered on another thread, and the next is read when the
/// answer has left.
final class EstHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(EstHandler.class);

    private final EstCounter counter;
    private final EstListener.Refusals refusals;
    private final WirePlace place;
    private final String host;
    private boolean atWork;

    EstHandler(EstCounter counter, EstListener.Refusals refusals, WirePlace place, String host) {
        this.counter = counter;
        this.refusals = refusals;
        this.place = place;
        this.host = host;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (atWork) {
            ChannelFuture _ = context.close();
            return;
        }
        atWork = true;
        // who does not wait for its answer is not read meanwhile
        context.channel().config().setAutoRead(false);
        List<X509Certificate> chain = CertificateIdentity.chain(context.channel());
        EstCounter.Request read = request.decoderResult().isFailure()
                ? EstCounter.Request.UNREADABLE
                : new EstCounter.Request(
                        request.method().name(),
                        request.uri(),
                        Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)),
                        Optional.ofNullable(request.headers().get(HttpHeaderNames.CONTENT_TYPE)),
                        Bytes.adopt(ByteBufUtil.getBytes(request.content())));
        HttpVersion version = request.protocolVersion();
        boolean stays = HttpUtil.isKeepAlive(request);
        Thread.ofVirtual().name("est").start(() -> {
            FullHttpResponse response = answer(read, chain);
            HttpUtil.setKeepAlive(response.headers(), version, stays);
            context.executor().execute(() -> leave(context, response, stays));
        });
    }

    private FullHttpResponse answer(EstCounter.Request request, List<X509Certificate> chain) {
        try {
            return counter.answer(request, chain, place, host);
        } catch (RuntimeException defect) {
            LOG.error("a request from {} could not be answered", place.address(), defect);
            return EstCounter.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "our own defect");
        }
    }

    private void leave(ChannelHandlerContext context, FullHttpResponse response, boolean stays) {
        atWork = false;
        ChannelFuture _ = context.writeAndFlush(response).addListener(written -> {
            if (!stays || !written.isSuccess()) {
                ChannelFuture _ = context.close();
            } else {
                context.channel().config().setAutoRead(true);
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent && !atWork) {
            ChannelFuture _ = context.close();
        }
        if (event instanceof SslHandshakeCompletionEvent done && !done.isSuccess()) {
            TlsFailure.sentence(done.cause()).ifPresent(why -> refusals.refused(Optional.empty(), place, why));
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        LOG.debug("the connection of {} broke: {}", place.address(), broken.toString());
        ChannelFuture _ = context.close();
    }
}
