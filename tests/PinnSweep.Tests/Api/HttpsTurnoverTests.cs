using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PinnSweep.Api;
using PinnSweep.Cluster.Security;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Api;

/// <summary>HTTPS goes over to a new authority while it serves, and so do its clients.</summary>
public sealed class HttpsTurnoverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_connects_anew_gets_the_new_certificate_and_one_client_serves_for_both()
    {
        var certs = _folder["certs"];
        CertificateAuthority.Init(certs, [NodeCertificate.Parse("head:127.0.0.1")], _clock);
        var tls = NodeTls.Open(Path.Combine(certs, "head"), _clock);
        using var watch = new CertificateWatch(tls, _clock, NullLogger.Instance);
        await using var api = await TestApi.StartAsync(change: options => options with { Address = ApiAddress.Parse("https://127.0.0.1:0"), Tls = tls });
        File.Copy(Path.Combine(certs, "ca.crt"), _folder["old.crt"]);

        Assert.Equal((0, ""), await StudiesAsync(api, _folder["old.crt"]));
        CertificateAuthority.RenewAuthority(certs, _clock);
        CertificateAuthority.Renew(certs, [], _clock);
        CertificateAuthority.Drop(certs, _clock);
        for (var look = 0; look < 3; look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        var (code, error) = await StudiesAsync(api, _folder["old.crt"]);
        Assert.Equal(1, code);
        Assert.Contains("nobody answers", error, StringComparison.Ordinal);
        Assert.Equal((0, ""), await StudiesAsync(api, Path.Combine(certs, "ca.crt")));
    }

    private static async Task<(int Code, string Error)> StudiesAsync(TestApi api, string authority)
    {
        var studies = await Captured.RunAsync("studies", "--url", api.Url.ToString(), "--ca", authority);
        return (studies.ExitCode, studies.Error);
    }
}
