using PinnSweep.Reports.Conclusions;

namespace PinnSweep.Reports.Tests.Conclusions;

public sealed class WhatCameOutTests
{
    [Fact]
    public void Dump()
    {
        var text = new System.Text.StringBuilder();
        foreach (var (name, make) in ConstructedStudies.All)
        {
            text.Append("## ").Append(name).Append('\n');
            try { text.AppendJoin('\n', WhatCameOut.Of(make())); } catch (Exception e) { text.Append(e); }
            text.Append("\n\n");
        }

        File.WriteAllText("/tmp/b/dump.txt", text.ToString());
    }
}
