using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using PinnSweep.Api;

namespace PinnSweep.Pages;

/// <summary>What is sent by forms, and the signs that a page of this node sent it.</summary>
internal static class Forms
{
    private const int LongestField = 1000;

    /// <summary>The fields of a form.</summary>
    /// <exception cref="RefusalException">It is none, or another site's page sent it.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        if (Browsers.IsFromElsewhere(context.Request))
        {
            throw new RefusalException(StatusCodes.Status403Forbidden, "a page of another site sent this; nothing was done");
        }

        if (!context.Request.HasFormContentType)
        {
            throw RefusalException.BadRequest("expected the fields of a form");
        }

        try
        {
            return await context.Request.ReadFormAsync(cancel);
        }
        catch (InvalidDataException tooMuch)
        {
            throw RefusalException.BadRequest($"the form cannot be read: {tooMuch.Message}");
        }
    }

    /// <summary>The same of one that must come from a page that this caller was shown.</summary>
    /// <exception cref="RefusalException">It does not.</exception>
    public static async Task<IFormCollection> ReadOwnAsync(HttpContext context, CancellationToken cancel)
    {
        var form = await ReadAsync(context, cancel);
        var expected = Viewer.Of(context).Form;
        return expected.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Field(form, Viewer.Field)), Encoding.UTF8.GetBytes(expected))
            ? form
            : throw new RefusalException(StatusCodes.Status403Forbidden, "the form is not of a page that this node showed you, or your session began anew since; go back, reload the page and send it again");
    }

    /// <summary>One field; empty where it is missing.</summary>
    public static string Field(IFormCollection form, string name) => form[name] is [{ Length: <= LongestField } value] ? value : "";
}
