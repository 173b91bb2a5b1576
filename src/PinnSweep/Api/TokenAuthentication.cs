using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PinnSweep.Cluster.Logging;

namespace PinnSweep.Api;

/// <summary>What the authentication by tokens needs.</summary>
internal sealed class TokenAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Who may do what; null where only this machine can connect.</summary>
    public TokenFile? Tokens { get; set; }

    /// <summary>Where refused requests are logged.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <summary>Which of them are.</summary>
    public FloodGate Gate { get; set; } = new(System.TimeProvider.System);
}

/// <summary>
/// Who asks. With tokens, the one in the Authorization header decides. Without them only this machine can connect, but a page in a browser
/// there is not its user: requests for other names, and those that another site's page sends, come from somebody without a role.
/// </summary>
/// <remarks>The base class would log each refusal; here a gate passes the first of each kind.</remarks>
internal sealed class TokenAuthentication(IOptionsMonitor<TokenAuthenticationOptions> options)
    : AuthenticationHandler<TokenAuthenticationOptions>(options, NullLoggerFactory.Instance, UrlEncoder.Default)
{
    private const string Prefix = $"{Access.Scheme} ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Caller());

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = (await HandleAuthenticateOnceSafeAsync()).Failure;
        Response.Headers.WWWAuthenticate = Access.Scheme;
        await RefuseAsync(
            StatusCodes.Status401Unauthorized,
            failure?.Message ?? "expected the header Authorization: Bearer TOKEN; the command line takes the token by --token or PINNSWEEP_TOKEN");
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(
        StatusCodes.Status403Forbidden,
        Options.Tokens is null
            ? "this node has no tokens, so it answers only programs of its own machine that call it by localhost or its address"
            : "the token may only read; this needs one with the role operate");

    private AuthenticateResult Caller()
    {
        if (Options.Tokens is null)
        {
            return Known(IsForeign(Request) ? null : Role.Operate);
        }

        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return Options.Tokens.RoleOf(header[Prefix.Length..].Trim()) is { } role
            ? Known(role)
            : AuthenticateResult.Fail("the token is not one of this node's");
    }

    /// <summary>Somebody with a role and those below it.</summary>
    private AuthenticateResult Known(Role? role)
    {
        var claims = Enum.GetValues<Role>().Where(one => one <= role).Select(one => new Claim(ClaimTypes.Role, one.ToString()));
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Access.Scheme)), Scheme.Name));
    }

    private async Task RefuseAsync(int status, string reason)
    {
        var peer = Context.Connection.RemoteIpAddress;
        if (Options.Gate.Pass($"{status} {peer}") is { } more)
        {
            LogEvents.RequestRefused(Options.Log, peer?.ToString() ?? "?", status, Request.Method, more);
        }

        await ProblemAnswer.WriteAsync(Context, status, reason);
    }

    private static bool IsForeign(HttpRequest request)
    {
        var host = request.Host.Host.Trim('[', ']');
        var isLocal = host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return !isLocal || (request.Headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value));
    }
}
