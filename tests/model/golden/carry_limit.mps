NAME        
ROWS
 N  NoObj   
 L  carry_limit_2020_110000
 L  carry_limit_2020_120000
 L  carry_limit_2020_130000
COLUMNS
    carry_2020_110000_2022_110000  carry_limit_2020_110000  1
    carry_2020_120000_2022_120000  carry_limit_2020_120000  1
    carry_2020_130000_2022_130000  carry_limit_2020_130000  1
RHS
    RHS_V     carry_limit_2020_110000  1.25
    RHS_V     carry_limit_2020_120000  2.5
    RHS_V     carry_limit_2020_130000  3.75
ENDATA
