using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PinnSweep.Api;

/// <summary>What requests need: a policy of the name of each role, and <see cref="Role.Operate"/> for what names none.</summary>
internal static class Access
{
    /// <summary>The scheme of the Authorization header (RFC 6750).</summary>
    public const string Scheme = "Bearer";

    /// <summary>What an endpoint needs where it says nothing: the most.</summary>
    public const Role Otherwise = Role.Operate;

    /// <summary>Adds who may come in.</summary>
    public static void Add(IServiceCollection services, TokenFile? tokens, ILogger log, TimeProvider clock)
    {
        // Not AddAuthentication, which would keep keys for cookies in the home folder.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = Scheme;
            authentication.AddScheme<TokenAuthentication>(Scheme, displayName: null);
        });
        services.AddTransient<TokenAuthentication>();
        services.Configure<TokenAuthenticationOptions>(Scheme, options => (options.Tokens, options.Log, options.Gate, options.TimeProvider) = (tokens, log, new(clock), clock));
        var policies = services.AddAuthorizationBuilder();
        foreach (var role in Enum.GetNames<Role>())
        {
            policies.AddPolicy(role, policy => policy.RequireRole(role));
        }

        // Where nothing is served, everybody is told so.
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => asked.Resource is HttpContext http && (http.GetEndpoint() is null || asked.User.IsInRole(Otherwise.ToString())))
            .Build());
    }

    /// <summary>Says what an endpoint needs; null for nothing.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Role? role)
        where TBuilder : IEndpointConventionBuilder => role is null
        ? builder.AllowAnonymous()
        : builder.RequireAuthorization(role.ToString()!).WithMetadata(Refusal(StatusCodes.Status401Unauthorized), Refusal(StatusCodes.Status403Forbidden));

    private static ProducesResponseTypeMetadata Refusal(int status) => new(status, typeof(ProblemDetails), ["application/problem+json"]);
}
