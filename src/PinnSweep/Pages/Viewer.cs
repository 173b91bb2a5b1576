using Microsoft.AspNetCore.Http;
using PinnSweep.Api;

namespace PinnSweep.Pages;

/// <summary>Who looks at a page.</summary>
/// <param name="MayLook">Whether anything is shown.</param>
/// <param name="MayOrder">Whether orders can be given; whoever may not sees no buttons.</param>
/// <param name="HasSession">Whether there is something to log out of.</param>
/// <param name="Form">What forms carry, so that only pages of this node can give orders.</param>
/// <param name="Said">The word of what was done last, from the address.</param>
internal sealed record Viewer(bool MayLook, bool MayOrder, bool HasSession, string Form, string? Said)
{
    /// <summary>The name of the field that holds <see cref="Form"/>.</summary>
    public const string Field = "form";

    public static Viewer Of(HttpContext context) => new(
        context.User.IsInRole(nameof(Role.Read)),
        context.User.IsInRole(nameof(Role.Operate)),
        context.User.HasClaim(claim => claim.Type == TokenAuthentication.SessionClaim),
        context.User.FindFirst(TokenAuthentication.FormClaim)?.Value ?? "",
        context.Request.Query["said"] is [{ } word] ? word : null);
}
