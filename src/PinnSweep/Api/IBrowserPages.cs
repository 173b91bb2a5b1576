using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PinnSweep.Api;

/// <summary>What browsers are shown beside the interface for programs. The interface knows it by this face alone, for pages are made of it.</summary>
internal interface IBrowserPages
{
    /// <summary>Adds what it serves.</summary>
    void Map(WebApplication app, ApiParts parts);

    /// <summary>Tells a person why a request was not done; the status is set already.</summary>
    Task WriteProblemAsync(HttpContext context, int status, string detail);
}
