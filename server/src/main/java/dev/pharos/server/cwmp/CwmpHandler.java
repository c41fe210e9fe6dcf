// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.cwmp.acs.AcsConnection;
import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.server.store.Database;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a device: reads a message, has it answered on another thread, and reads on when the answer has
/// left.
final class CwmpHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(CwmpHandler.class);

    private final CwmpDesk desk;
    private final CwmpDesk.Place place;
    private @Nullable RequestHead head;
    private @Nullable RequestBody body;
    private boolean atWork;
    private boolean refused;
    private boolean looked;
    private boolean posted;
    private int quiet;

    CwmpHandler(CwmpDesk desk, String address, String host, boolean loopback, boolean encrypted) {
        this.desk = desk;
        this.place = new CwmpDesk.Place(new AcsConnection(), address, host, loopback, encrypted);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (refused) {
            return;
        }
        quiet = 0;
        if (part instanceof HttpRequest request) {
            begin(context, request);
        }
        if (part instanceof HttpContent content && !refused) {
            take(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (!looked) {
            looked = true;
            List<X509Certificate> chain = CertificateIdentity.chain(context.channel());
            if (!chain.isEmpty()) {
                place.shows(CertificateIdentity.of(chain.getFirst()));
            }
        }
        posted = request.method().equals(HttpMethod.POST);
        if (atWork) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "the message before is not answered yet");
        } else if (request.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "no request of HTTP");
        } else if (!isOurs(request.uri())) {
            refuse(context, HttpResponseStatus.NOT_FOUND, "devices come to " + CwmpListener.PATH);
        } else if (!posted) {
            refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "devices come by POST");
        } else if (isEncoded(request)) {
            refuse(context, HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding must be gzip or deflate");
        } else {
            open(context, request);
        }
    }

    private static boolean isOurs(String uri) {
        int end = uri.indexOf('?');
        String path = end < 0 ? uri : uri.substring(0, end);
        return path.equals(CwmpListener.PATH) || path.equals(CwmpListener.PATH + "/");
    }

    /// In a way that was not decoded before it came here.
    private static boolean isEncoded(HttpRequest request) {
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    private void open(ChannelHandlerContext context, HttpRequest request) {
        RequestHead read = RequestHead.of(request);
        int most = desk.knows(place, read) ? Limits.BODY_BYTES : Limits.INFORM_BYTES;
        if (HttpUtil.isContentLengthSet(request) && HttpUtil.getContentLength(request, 0L) > most) {
            refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "more than " + most + " bytes");
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ChannelFuture _ = context.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        head = read;
        body = new RequestBody(most, desk.largeBodies());
    }

    private void take(ChannelHandlerContext context, HttpContent content) {
        RequestBody taking = body;
        RequestHead read = head;
        if (taking == null || read == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "the body cannot be read");
            return;
        }
        switch (taking.take(content.content())) {
            case WELL -> {}
            case TOO_LARGE -> {
                refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "too large a body");
                return;
            }
            case NO_PLACE -> {
                refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many large bodies at once");
                return;
            }
        }
        if (content instanceof LastHttpContent) {
            atWork = true;
            // who does not wait for its answer is not read meanwhile
            context.channel().config().setAutoRead(false);
            Thread.ofVirtual().name("cwmp").start(() -> Database.ofTheFleet(() -> work(context, read, taking)));
        }
    }

    private void work(ChannelHandlerContext context, RequestHead read, RequestBody taking) {
        FullHttpResponse response;
        try {
            response = desk.answer(place, read, taking.whole());
        } catch (RuntimeException defect) {
            LOG.error("a message from {} could not be answered", place.address(), defect);
            response = CwmpDesk.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "our own defect");
        } finally {
            taking.release();
        }
        boolean stays = read.keepAlive() && response.status().code() < 300;
        stays |= read.keepAlive() && response.status().equals(HttpResponseStatus.UNAUTHORIZED);
        HttpUtil.setKeepAlive(response.headers(), read.version(), stays);
        FullHttpResponse answer = response;
        boolean goesOn = stays;
        try {
            context.executor().execute(() -> leave(context, answer, goesOn));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("what {} is answered does not leave: the server stops", place.address());
        }
    }

    private void leave(ChannelHandlerContext context, FullHttpResponse response, boolean stays) {
        head = null;
        body = null;
        atWork = false;
        ChannelFuture _ = context.writeAndFlush(response).addListener(written -> {
            if (!stays || !written.isSuccess()) {
                ChannelFuture _ = context.close();
            } else {
                context.channel().config().setAutoRead(true);
            }
        });
    }

    /// Answers before the request is whole, and hears nothing more of it.
    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String reason) {
        refused = true;
        if (posted) {
            // whoever comes by another method is a browser, or looks for doors
            desk.refused(place, reason);
        }
        if (body != null && !atWork) {
            body.release();
        }
        FullHttpResponse response = CwmpDesk.text(status, reason);
        HttpUtil.setKeepAlive(response, false);
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST.name());
        }
        ChannelFuture _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (body != null && !atWork) {
            body.release();
        }
        super.channelInactive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent && !atWork) {
            quiet++;
            if (body != null || quiet >= Limits.QUIET_TURNS || !desk.hasSession(place)) {
                ChannelFuture _ = context.close();
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
        LOG.debug("the connection of {} broke: {}", place.address(), broken.toString());
        ChannelFuture _ = context.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static FullHttpResponse response(HttpResponseStatus status, byte[] body) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    }
}
