NAME        
ROWS
 N  NoObj   
 L  rise_limit_2020_110000
 L  rise_limit_2020_120000
 L  rise_limit_2020_130000
 L  rise_limit_2022_110000
 L  rise_limit_2022_120000
 L  rise_limit_2022_130000
COLUMNS
    quota_2020_110000  rise_limit_2020_110000  1
    quota_2020_110000  rise_limit_2022_110000  -1.5625
    quota_2020_120000  rise_limit_2020_120000  1
    quota_2020_120000  rise_limit_2022_120000  -1.5625
    quota_2020_130000  rise_limit_2020_130000  1
    quota_2020_130000  rise_limit_2022_130000  -1.5625
    quota_2022_110000  rise_limit_2022_110000  1
    quota_2022_120000  rise_limit_2022_120000  1
    quota_2022_130000  rise_limit_2022_130000  1
RHS
    RHS_V     rise_limit_2020_110000  13.28125
    RHS_V     rise_limit_2020_120000  26.5625
    RHS_V     rise_limit_2020_130000  39.84375
BOUNDS
 FR BOUND     quota_2020_110000
 FR BOUND     quota_2020_120000
 FR BOUND     quota_2020_130000
 FR BOUND     quota_2022_110000
 FR BOUND     quota_2022_120000
 FR BOUND     quota_2022_130000
ENDATA
