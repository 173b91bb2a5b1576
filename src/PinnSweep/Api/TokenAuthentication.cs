using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
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

    /// <summary>Of this process: what forms of a node without tokens are made with.</summary>
    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(32);
}

/// <summary>Marks what a page's form is sent to: the only orders that a session's cookie is enough for, beside the form's own value.</summary>
internal sealed record TakesForms;

/// <summary>
/// Who asks. With tokens, the one in the Authorization header decides, or a browser's session, with which one can look and send forms of
/// pages; the orders of the interface need the header, which no other site's page can send. Without them only this machine can connect, but a page in a browser
/// there is not its user: requests for other names, and those that another site's page sends, come from somebody without a role.
/// </summary>
/// <remarks>The base class would log each refusal; here a gate passes the first of each kind.</remarks>
internal sealed class TokenAuthentication(IOptionsMonitor<TokenAuthenticationOptions> options)
    : AuthenticationHandler<TokenAuthenticationOptions>(options, NullLoggerFactory.Instance, UrlEncoder.Default)
{
    /// <summary>The claim with what this caller's forms carry.</summary>
    public const string FormClaim = "form";

    /// <summary>The claim of a caller with a session, which can be ended.</summary>
    public const string SessionClaim = "session";

    private const string Prefix = $"{Access.Scheme} ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Caller());

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsGet(Request.Method) && Browsers.PagesFor(Context) is not null)
        {
            Response.Redirect($"/login?next={Uri.EscapeDataString($"{Request.Path}{Request.QueryString}")}");
            return;
        }

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
            return Known(IsForeign(Request) ? null : Role.Operate, Session.FormValue(Options.Secret));
        }

        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return OfSession(Options.Tokens);
        }

        var token = header[Prefix.Length..].Trim();
        return Options.Tokens.RoleOf(token) is { } role
            ? Known(role, Session.FormValue(token))
            : AuthenticateResult.Fail("the token is not one of this node's");
    }

    private AuthenticateResult OfSession(TokenFile tokens)
    {
        var isTaken = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) || Context.GetEndpoint()?.Metadata.GetMetadata<TakesForms>() is not null;
        return isTaken && Request.Cookies[Session.CookieOf(Request)] is { } value && Session.RoleOf(value, tokens, TimeProvider.GetUtcNow()) is { } role
            ? Known(role, Session.FormValue(value), new Claim(SessionClaim, ""))
            : AuthenticateResult.NoResult();
    }

    /// <summary>Somebody with a role and those below it.</summary>
    private AuthenticateResult Known(Role? role, string form, params Claim[] more)
    {
        var claims = Enum.GetValues<Role>().Where(one => one <= role).Select(one => new Claim(ClaimTypes.Role, one.ToString()));
        return AuthenticateResult.Success(new(new(new ClaimsIdentity([.. claims, new(FormClaim, form), .. more], Access.Scheme)), Scheme.Name));
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
        return !isLocal || Browsers.IsFromElsewhere(request);
    }
}
