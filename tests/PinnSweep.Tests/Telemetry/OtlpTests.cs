using OpenTelemetry.Exporter;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Telemetry;

namespace PinnSweep.Tests.Telemetry;

/// <summary>Where metrics and traces are sent: by the option, else by the standard's variables.</summary>
public class OtlpTests
{
    [Theory]
    [InlineData("http://hub:4317", null, OtlpExportProtocol.Grpc, "http://hub:4317/")]
    [InlineData("http://hub:4318", null, OtlpExportProtocol.HttpProtobuf, "http://hub:4318/v1/traces")]
    [InlineData("https://hub/otlp/", "http/protobuf", OtlpExportProtocol.HttpProtobuf, "https://hub/otlp/v1/traces")]
    [InlineData("http://hub:4318", "grpc", OtlpExportProtocol.Grpc, "http://hub:4318/")]
    public void The_port_or_the_variable_says_the_protocol(string address, string? protocol, OtlpExportProtocol spoken, string endpoint)
    {
        var options = new OtlpExporterOptions();
        string? Variable(string name) => name == "OTEL_EXPORTER_OTLP_PROTOCOL" ? protocol : null;

        OtlpTarget.Of(address, Variable)!.Tell(options, "traces", Variable);

        Assert.Equal((spoken, new Uri(endpoint)), (options.Protocol, options.Endpoint));
    }

    [Fact]
    public void Without_option_and_variables_nothing_is_sent() => Assert.Null(OtlpTarget.Of(null, _ => null));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")]
    public void Each_variable_of_the_standard_is_enough(string name)
    {
        Assert.Equal(new OtlpTarget((Uri?)null), OtlpTarget.Of(null, asked => asked == name ? "http://hub:4317" : null));
        Assert.Contains($"{name} 'hub'", Assert.Throws<UserMistakeException>(() => OtlpTarget.Of(null, asked => asked == name ? "hub" : null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_standard_switch_turns_it_off() => Assert.Null(OtlpTarget.Of("http://hub:4317", name => name == "OTEL_SDK_DISABLED" ? "TRUE" : null));

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("ftp://hub")]
    [InlineData("")]
    public void What_is_no_address_is_told(string address) =>
        Assert.Contains("expected the address of a collector", Assert.Throws<UserMistakeException>(() => OtlpTarget.Of(address, _ => null)).Message, StringComparison.Ordinal);
}
