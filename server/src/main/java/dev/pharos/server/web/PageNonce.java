// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/// A word that each answer with the page has anew, in its policy and in the page itself: what carries it was put there
/// by the server, and nothing else is shown or run. See Content Security Policy Level 3, section 7.1.
final class PageNonce implements ResourceTransformer {
    /// Where the build of the page leaves room for it.
    private static final String PLACE = "__NONCE__";

    private static final String KEPT = PageNonce.class.getName();
    private static final SecureRandom RANDOM = new SecureRandom();

    /// The same one for the whole of a request.
    static String of(HttpServletRequest request) {
        if (request.getAttribute(KEPT) instanceof String known) {
            return known;
        }
        byte[] random = new byte[Limits.NONCE_BYTES];
        RANDOM.nextBytes(random);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        request.setAttribute(KEPT, nonce);
        return nonce;
    }

    /// The page brings all of its scripts and styles itself; those that its libraries make while it runs carry the
    /// nonce.
    static String policy(HttpServletRequest request) {
        String nonce = "'nonce-" + of(request) + "'";
        return "default-src 'self'; script-src 'self' " + nonce + "; style-src 'self' " + nonce
                + "; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none';"
                + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource file = chain.transform(request, resource);
        if (!"index.html".equals(file.getFilename())) {
            return file;
        }
        String page = file.getContentAsString(StandardCharsets.UTF_8).replace(PLACE, of(request));
        return new TransformedResource(file, page.getBytes(StandardCharsets.UTF_8));
    }
}
