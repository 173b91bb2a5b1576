using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PinnSweep.Api;
using PinnSweep.Cluster.Logging;
using PinnSweep.Pages.Components;

namespace PinnSweep.Pages;

/// <summary>Logging in with a token, and out.</summary>
internal static class LoginEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var throttle = new LoginThrottle(parts.Clock);
        var gate = new FloodGate(parts.Clock);
        routes.MapGet("/login", IResult (HttpContext context, string? next) => parts.Options.Tokens is null ? new SeeOther(LocalPath(next)) : Page(next, null)).Needs(null);
        routes.MapPost("/login", async Task<IResult> (HttpContext context, CancellationToken cancel) =>
            {
                var form = await Forms.ReadAsync(context, cancel);
                var (token, next) = (Forms.Field(form, "token").Trim(), Forms.Field(form, "next"));
                var peer = context.Connection.RemoteIpAddress?.ToString() ?? "?";
                if (!throttle.Passes(peer))
                {
                    return Page(next, "Too many attempts failed from this address. Wait a minute, then try again.", StatusCodes.Status429TooManyRequests);
                }

                if (parts.Options.Tokens is not { } tokens || tokens.RoleOf(token) is null)
                {
                    throttle.NoteFailure(peer);
                    if (gate.Pass(peer) is { } more)
                    {
                        LogEvents.RequestRefused(parts.Log, peer, StatusCodes.Status401Unauthorized, context.Request.Method, more);
                    }

                    return Page(next, "The token is not one of this node's.", StatusCodes.Status401Unauthorized);
                }

                Begin(context, parts, token);
                return new SeeOther(LocalPath(next));
            })
            .Needs(null);
        if (parts.Options.EntersByAddress)
        {
            routes.MapGet("/enter/{token}/{study}", IResult (HttpContext context, string token, string study) =>
                {
                    if (parts.Options.Tokens?.RoleOf(token) is null)
                    {
                        throw RefusalException.NotFound("this is not the address that was printed");
                    }

                    Begin(context, parts, token);
                    return new SeeOther($"/studies/{Uri.EscapeDataString(study)}");
                })
                .Needs(null);
        }

        routes.MapPost("/logout", async Task<IResult> (HttpContext context, CancellationToken cancel) =>
            {
                await Forms.ReadOwnAsync(context, cancel);
                context.Response.Cookies.Delete(Session.CookieOf(context.Request), Cookie(parts.Options, null));
                return new SeeOther("/login?said=out");
            })
            .Needs(Role.Read)
            .WithMetadata(new TakesForms());
    }

    /// <summary>A path of this node and nothing else, however the address was meant: a link to the login page can lead nowhere else.</summary>
    internal static string LocalPath(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.Contains('\\', StringComparison.Ordinal) && !next.Any(char.IsControl)
        && Uri.TryCreate(new("http://localhost"), next, out var address) && address.Authority == "localhost" && address.AbsolutePath is not ("/login" or "/logout")
        // Dots that are resolved can leave two slashes, which browsers take for another machine.
        && !address.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? address.PathAndQuery
            : "/";

    private static void Begin(HttpContext context, ApiParts parts, string token) => context.Response.Cookies.Append(
        Session.CookieOf(context.Request), Session.Begin(token, parts.Clock.GetUtcNow() + Session.Lasts), Cookie(parts.Options, Session.Lasts));

    private static PageResult Page(string? next, string? mistake, int status = StatusCodes.Status200OK) =>
        new(new("Log in", Places.None, LoginPage.Of(LocalPath(next), mistake)), status);

    private static CookieOptions Cookie(ApiOptions options, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = options.Address.IsTls,
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
    };
}
