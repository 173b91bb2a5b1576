using Microsoft.Playwright;

namespace PinnSweep.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium, started once for all tests of a class and only when one looks. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is none.</summary>
    public static void Need() => Assert.SkipWhen(Program is null, $"no browser: none of {string.Join(", ", Names)} is on the path");

    /// <summary>A page in a profile of its own, that notes whatever goes wrong in it.</summary>
    /// <param name="origin">The node whose pages are looked at; whatever is asked of another is a complaint.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="hasScripts">Whether scripts run.</param>
    internal async Task<WatchedPage> OpenAsync(string origin, ColorScheme scheme = ColorScheme.Light, bool hasScripts = true)
    {
        var context = await (await BrowserAsync()).NewContextAsync(new()
        {
            BaseURL = origin,
            ColorScheme = scheme,
            JavaScriptEnabled = hasScripts,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = 1280, Height = 900 },
        });

        // A machine that others keep busy draws late.
        context.SetDefaultTimeout(60_000);
        return new(context, await context.NewPageAsync(), origin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> BrowserAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Program,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--font-render-hinting=none"],
            });
        }
        finally
        {
            _gate.Release();
        }
    }
}
