using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Api;

/// <summary>What an endpoint needs; one that says nothing needs the most.</summary>
/// <param name="Role">Null for everybody.</param>
internal sealed record NeededRole(Role? Role);

/// <summary>
/// Who may come in. With tokens, the one in the Authorization header decides. Without them only this machine can connect, but a page in a browser
/// there is not its user: requests for other names, and those that another site's page sends, are refused.
/// </summary>
internal sealed class Access(TokenFile? tokens, ILogger log, TimeProvider clock)
{
    private const string Scheme = "Bearer ";
    private readonly FloodGate _gate = new(clock);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var needed = endpoint.Metadata.GetMetadata<NeededRole>() ?? new(Role.Operate);
        if (needed.Role is { } role && Refuse(context.Request, role) is var (status, reason))
        {
            if (_gate.Pass($"{status} {context.Connection.RemoteIpAddress}") is { } more)
            {
                LogEvents.RequestRefused(log, context.Connection.RemoteIpAddress?.ToString() ?? "?", status, context.Request.Method, more);
            }

            if (status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            await Problem.WriteAsync(context, status, reason);
            return;
        }

        await next(context);
    }

    private (int Status, string Reason)? Refuse(HttpRequest request, Role needed)
    {
        if (tokens is null)
        {
            return IsForeign(request) ? (StatusCodes.Status403Forbidden, "this node has no tokens, so it answers only programs of its own machine that call it by localhost or its address") : null;
        }

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return (StatusCodes.Status401Unauthorized, "expected the header Authorization: Bearer TOKEN; the command line takes the token by --token or PINNSWEEP_TOKEN");
        }

        return tokens.RoleOf(header[Scheme.Length..].Trim()) switch
        {
            null => (StatusCodes.Status401Unauthorized, "the token is not one of this node's"),
            { } role when role < needed => (StatusCodes.Status403Forbidden, "the token may only read; this needs one with the role operate"),
            _ => null,
        };
    }

    private static bool IsForeign(HttpRequest request)
    {
        var host = request.Host.Host.Trim('[', ']');
        var isLocal = host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
        return !isLocal || (request.Headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value));
    }
}

/// <summary>Says what an endpoint needs.</summary>
internal static class AccessExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Role? role)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new NeededRole(role));
}
