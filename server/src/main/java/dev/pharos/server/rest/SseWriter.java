// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// Writes server-sent events.
final class SseWriter {
    private final ServletOutputStream out;
    private final HttpServletResponse response;
    private final JsonMapper json;

    SseWriter(HttpServletResponse response, JsonMapper json) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // proxies that gather answers would hold events back
        response.setHeader("X-Accel-Buffering", "no");
        this.response = response;
        this.json = json;
        this.out = response.getOutputStream();
        comment("connected");
        flush();
    }

    void event(String name, String id, Object data) throws IOException {
        StringBuilder text =
                new StringBuilder(256).append("event: ").append(name).append('\n');
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        // JSON holds no raw line ends, so that one data line is all of it
        text.append("data: ").append(json.writeValueAsString(data)).append("\n\n");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    void comment(String text) throws IOException {
        out.write((": " + text + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        response.flushBuffer();
    }
}
