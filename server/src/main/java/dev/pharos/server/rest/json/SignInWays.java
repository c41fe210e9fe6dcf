// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one may sign in beside by password and token.
///
/// @param provider what the first OpenID provider is called; left out where there is none
/// @param providers the OpenID providers, in the order in which they are shown
/// @param signOut where a browser that has just signed out here does so at the provider as well; left out where it
///     need or can not
/// @param signOutAt what that provider is called
/// @param trouble why signing in by the provider failed a moment ago, for people; said once
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInWays(
        @Nullable String provider,
        List<SignInProvider> providers,
        @Nullable String signOut,
        @Nullable String signOutAt,
        @Nullable String trouble) {}
