using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PinnSweep.Api;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Pages;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Commands;

/// <summary>
/// The pages of a run on this machine. Others on the machine reach the port too, so that a token is made for each run; it stands in the
/// address that is printed and nowhere else, and whoever opens that is let in.
/// </summary>
internal static class RunPages
{
    /// <summary>Serves them; a run whose pages cannot be served goes on without.</summary>
    /// <param name="plan">The study that is run.</param>
    /// <param name="port">The port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="loggers">Where logs go.</param>
    /// <param name="tell">Told where the pages are.</param>
    public static Func<ClusterNode, Store, Task<IAsyncDisposable?>> Of(StudyPlan plan, int port, ILoggerFactory loggers, Action<string> tell) => async (node, store) =>
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            var options = new ApiOptions(ApiAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")))
            {
                Tokens = TokenFile.Parse($"operate {token}", "run"),
                Pages = new WebPages(),
                EntersByAddress = true,
                WorkFolder = Path.Combine(store.Place.Beside(".work"), "http"),
            };
            var host = await ApiHost.StartAsync(options, node, "local", store, loggers, TimeProvider.System);
            tell($"Pages while it runs: {new Uri(host.Address, $"/enter/{token}/{plan.Hash[..12]}")}");
            return host;
        }
        catch (Exception refused) when (refused is UserMistakeException or IOException or UnauthorizedAccessException)
        {
            tell($"Notice: no pages of this run: {refused.Message}");
            return null;
        }
    };
}
